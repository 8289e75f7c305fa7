using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// Jacobian covariance (Mellor 2020, first version; "jacob_cov" in Abdelfattah 2021): −Σ (ln(λ + k) + 1 / (λ + k)) over the eigenvalues λ of the correlations
/// between rows of the Jacobian of the summed outputs by the inputs, k = 1e-5: rows that the network tells apart score high.
/// </summary>
public sealed class JacobianCovariance : Proxy
{
    private const double Smallest = 1e-5;

    /// <inheritdoc/>
    public override string Name => "jacob-cov";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var network = context.CreateNetwork();
        var features = context.Features.to_type(ScalarType.Float32).detach().clone().requires_grad_();
        var jacobian = Gradients(network.call(features).sum(), [features])[0].flatten(1).to_type(ScalarType.Float64);
        var centred = jacobian - jacobian.mean([1], keepdim: true);
        var directions = centred / centred.mul(centred).sum(1, keepdim: true).sqrt();
        return -SymmetricMatrix.Eigenvalues(SymmetricMatrix.Of(directions.matmul(directions.t()))).Sum(static value => Math.Log(value + Smallest) + 1 / (value + Smallest));
    }
}
