namespace Microsoft.ML.Nas.Strategies.Differentiable.DrNas;

/// <summary>Draws from a Dirichlet distribution, with the derivative of the draw by the concentrations (implicit reparameterisation, Figurnov 2018).</summary>
internal static class DirichletDraw
{
    /// <param name="concentrations">Positive; values below 1e-6 count as 1e-6.</param>
    /// <param name="random">Draws.</param>
    /// <returns>Shares that add up to 1, and their derivatives: row the share, column the concentration.</returns>
    public static (double[] Shares, double[,] Jacobian) Draw(ReadOnlySpan<double> concentrations, System.Random random)
    {
        var count = concentrations.Length;
        double[] values = new double[count], slopes = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Math.Max(GammaDraw.Draw(Math.Max(concentrations[i], 1e-6), random), 1e-300);
            slopes[i] = GammaDraw.Derivative(Math.Max(concentrations[i], 1e-6), values[i]);
        }
        var sum = values.Sum();
        var shares = values.Select(value => value / sum).ToArray();
        var jacobian = new double[count, count];
        for (var share = 0; share < count; share++)
            for (var by = 0; by < count; by++)
                jacobian[share, by] = ((share == by ? 1 : 0) - shares[share]) * slopes[by] / sum;
        return (shares, jacobian);
    }
}
