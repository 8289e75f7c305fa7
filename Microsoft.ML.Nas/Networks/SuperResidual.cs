using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>A body beside the identity.</summary>
internal sealed class SuperResidual : SuperModule
{
    private readonly SuperModule _body;

    public SuperResidual(SuperModule body) : base(nameof(SuperResidual)) => Register([_body = body]);

    private protected override Tensor Compute(Tensor input, Mixture mixture) => Scalars.Sum(input, _body.call(input, mixture));
}
