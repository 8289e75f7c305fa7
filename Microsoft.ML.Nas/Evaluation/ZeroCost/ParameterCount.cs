namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>The number of parameters: a proxy that more elaborate ones often do not beat (Ning 2021).</summary>
public sealed class ParameterCount : Proxy
{
    /// <inheritdoc/>
    public override string Name => "parameters";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Cost.Parameters;
    }
}
