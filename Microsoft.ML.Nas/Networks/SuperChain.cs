using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Parts one after the other.</summary>
internal sealed class SuperChain : SuperModule
{
    private readonly SuperModule[] _modules;

    public SuperChain(SuperModule[] modules) : base(nameof(SuperChain)) => Register(_modules = modules);

    private protected override Tensor Compute(Tensor input, Mixture mixture) => _modules.Aggregate(input, (value, module) => module.call(value, mixture));
}
