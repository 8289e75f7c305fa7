namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>The number of multiply-adds of a row: a proxy that more elaborate ones often do not beat (Ning 2021).</summary>
public sealed class MacCount : Proxy
{
    /// <inheritdoc/>
    public override string Name => "macs";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Cost.Macs;
    }
}
