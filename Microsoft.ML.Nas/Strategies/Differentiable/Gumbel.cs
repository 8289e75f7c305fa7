namespace Microsoft.ML.Nas.Strategies.Differentiable;

/// <summary>The standard Gumbel distribution.</summary>
internal static class Gumbel
{
    public static double Draw(System.Random random) => -Math.Log(-Math.Log(Math.Max(random.NextDouble(), double.Epsilon)));
}
