using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What a process ran on: the machine, and the versions of what results depend on.</summary>
internal static class RunDescription
{
    /// <param name="device">What networks are trained on.</param>
    public static JsonObject Machine(string device) => new()
    {
        ["name"] = Environment.MachineName,
        ["operatingSystem"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["processor"] = Processor(),
        ["cores"] = Environment.ProcessorCount,
        ["device"] = device,
        ["memoryBytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
    };

    public static JsonObject Versions() => new()
    {
        ["Microsoft.ML.Nas"] = VersionOf(typeof(SearchSpace)),
        ["Microsoft.ML"] = VersionOf(typeof(MLContext)),
        ["TorchSharp"] = VersionOf(typeof(Tensor)),
        ["Microsoft.ML.OnnxRuntime"] = VersionOf(typeof(OnnxRuntime.InferenceSession)),
        [".NET"] = Environment.Version.ToString(),
    };

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? type.Assembly.GetName().Version?.ToString() ?? "unknown";

    private static string? Processor()
    {
        const string linux = "/proc/cpuinfo";
        if (!File.Exists(linux)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return File.ReadLines(linux).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
    }
}
