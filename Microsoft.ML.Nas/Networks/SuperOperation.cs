using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>An operation without open settings.</summary>
internal sealed class SuperOperation : SuperModule
{
    private readonly Module<Tensor, Tensor> _module;

    public SuperOperation(Module<Tensor, Tensor> module) : base(nameof(SuperOperation)) => Register([_module = module]);

    private protected override Tensor Compute(Tensor input, Mixture mixture) => _module.call(input);
}
