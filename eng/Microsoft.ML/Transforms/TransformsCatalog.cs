using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class TransformsCatalog
{
    internal TransformsCatalog(HostEnvironment env)
    {
        Environment = env;
        Categorical = new CategoricalTransforms(env);
        Conversion = new ConversionTransforms(env);
    }

    public CategoricalTransforms Categorical { get; }

    public ConversionTransforms Conversion { get; }

    internal HostEnvironment Environment { get; }

    public sealed class CategoricalTransforms
    {
        internal CategoricalTransforms(HostEnvironment env) => Environment = env;

        internal HostEnvironment Environment { get; }
    }

    public sealed class ConversionTransforms
    {
        internal ConversionTransforms(HostEnvironment env) => Environment = env;

        internal HostEnvironment Environment { get; }
    }
}
