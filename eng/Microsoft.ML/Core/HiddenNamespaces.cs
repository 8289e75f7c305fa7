// Used by nothing: the real packages have these namespaces, of internal types, and a type of ours that one of them would hide is an error with
// the stand-ins as well.
namespace Microsoft.ML.Command { internal static class Marker; }
namespace Microsoft.ML.CommandLine { internal static class Marker; }
namespace Microsoft.ML.EntryPoints { internal static class Marker; }
namespace Microsoft.ML.Model { internal static class Marker; }
namespace Microsoft.ML.Numeric { internal static class Marker; }
namespace Microsoft.ML.OneDal { internal static class Marker; }
namespace Microsoft.ML.TextAnalytics { internal static class Marker; }
namespace Microsoft.ML.Tools { internal static class Marker; }
namespace Microsoft.ML.TreePredictor { internal static class Marker; }
