using System;

// Used by nothing: it is here so that the namespace Microsoft.ML.SearchSpace exists, and a type of ours that the real package's namespace
// would hide is an error with the stand-ins as well.
namespace Microsoft.ML.SearchSpace
{
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false, AllowMultiple = false)]
    public sealed class NestOptionAttribute : Attribute
    {
    }
}
