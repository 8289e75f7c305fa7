using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>An operation without open settings.</summary>
internal sealed class SuperOperation : SuperModule
{
    private readonly Operation _operation;
    private readonly Module<Tensor, Tensor> _module;

    public SuperOperation(Operation operation, Shape input) : base(nameof(SuperOperation))
    {
        (_operation, _module) = (operation, operation.CreateSharedModule(input));
        Register([_module]);
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture) => _module.call(Autocast.For(_operation, input));
}
