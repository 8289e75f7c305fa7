using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// NASWOT (Mellor 2021, "Neural Architecture Search without Training"): ln |det K|, where K counts for each pair of rows the rectifiers whose inputs have the
/// same sign for both. Networks without rectifiers have no score.
/// </summary>
public sealed class Naswot : Proxy
{
    /// <inheritdoc/>
    public override string Name => "naswot";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using var network = context.CreateNetwork();
        Tensor? kernel = null;
        using (new ForwardProbe { Rectifying = Count }) network.call(context.Features).Dispose();
        return kernel is null ? double.NaN : SymmetricMatrix.LogDeterminant(SymmetricMatrix.Of(kernel));

        void Count(Tensor input)
        {
            var on = input.flatten(1).gt(Scalars.Zero).to_type(ScalarType.Float32);
            var off = Scalars.Sum(-on, Scalars.One);
            var same = Scalars.Sum(on.matmul(on.t()), off.matmul(off.t()));
            kernel = kernel is null ? same.to_type(ScalarType.Float64) : Scalars.Sum(kernel, same);
        }
    }
}
