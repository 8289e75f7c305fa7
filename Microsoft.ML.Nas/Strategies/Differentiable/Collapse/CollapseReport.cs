namespace Microsoft.ML.Nas;

/// <summary>Whether a differentiable search collapsed: see <see cref="CollapseOptions"/>.</summary>
/// <param name="Epochs">What was seen after every epoch that moved the alphas.</param>
/// <param name="DerivedFrom">The epoch whose alphas the architecture was derived from.</param>
/// <param name="StoppedBy">The rule that ended the supernet's training; None where it ran to its end.</param>
/// <param name="ParameterFreeSeen">Whether the derived architecture of some epoch had more options without parameters than allowed.</param>
/// <param name="EigenvalueRose">Whether the largest eigenvalue rose by more than the rule's ratio.</param>
public sealed record CollapseReport(IReadOnlyList<CollapsePoint> Epochs, int DerivedFrom, CollapseStops StoppedBy, bool ParameterFreeSeen, bool EigenvalueRose)
{
    /// <summary>Whether there was any sign of collapse.</summary>
    public bool WasSeen => ParameterFreeSeen || EigenvalueRose;
}

/// <summary>One epoch of a <see cref="CollapseReport"/>.</summary>
/// <param name="Epoch">The number of the supernet epoch, counted from 1.</param>
/// <param name="ParameterFreeShare">The share of the derived architecture's choices that take an option without parameters, of those that have both kinds; 0 where there are none.</param>
/// <param name="LargestEigenvalue">The estimate of the eigenvalue, largest in size, of the held-out loss's Hessian by the alphas; NaN where it is left out.</param>
public sealed record CollapsePoint(int Epoch, double ParameterFreeShare, double LargestEigenvalue);
