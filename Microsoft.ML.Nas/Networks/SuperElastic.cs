using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>An operation whose settings are open and share weights.</summary>
internal sealed class SuperElastic : SuperModule
{
    private readonly ElasticModule _module;
    private readonly int[] _decisions;

    public SuperElastic(ElasticModule module, int[] decisions) : base(nameof(SuperElastic))
    {
        Register([_module = module]);
        _decisions = decisions;
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture) =>
        _module.call(input, [.. _decisions.Select(decision => decision < 0 ? default : mixture[decision])]);
}
