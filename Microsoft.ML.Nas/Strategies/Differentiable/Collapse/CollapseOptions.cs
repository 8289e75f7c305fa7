namespace Microsoft.ML.Nas;

/// <summary>
/// How a differentiable search watches itself: supernets tend to favour options without parameters, which learn nothing and so are right
/// from the start, until the derived architecture consists of them.
/// </summary>
public sealed class CollapseOptions
{
    /// <summary>The rules that end the supernet's training. Default none: collapse is reported only.</summary>
    public CollapseStops StopRules { get; set; } = CollapseStops.None;

    /// <summary>
    /// The largest share of the derived architecture's choices that may take an option without parameters, of those choices that have both
    /// kinds. More counts as collapse. Default 0.5. (DARTS+ allows one in eight of a DARTS cell: 0.125.)
    /// </summary>
    public double MaxParameterFreeShare { get; set; } = 0.5;

    /// <summary>The number of epochs after which an unchanged order of the options counts as stable (Liang 2019, DARTS+). Default 10.</summary>
    public int StableEpochs { get; set; } = 10;

    /// <summary>
    /// The largest eigenvalue counts as risen when that of <see cref="EigenvalueWindow"/> epochs ago is less than this share of the present one,
    /// both averaged over the window (Zela 2020). Default 0.75, as in the paper.
    /// </summary>
    public double EigenvalueRatio { get; set; } = 0.75;

    /// <summary>The window of the eigenvalue's rule, in epochs. Default 5, as in the paper.</summary>
    public int EigenvalueWindow { get; set; } = 5;

    /// <summary>
    /// The number of power iterations an epoch, each two gradients of the alphas on one batch, that follow the largest eigenvalue; they go on
    /// where those of the last epoch ended. 0 leaves the eigenvalue out. Default 2.
    /// </summary>
    public int EigenvalueIterations { get; set; } = 2;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxParameterFreeShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxParameterFreeShare, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StableEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EigenvalueRatio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(EigenvalueRatio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EigenvalueWindow, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(EigenvalueIterations);
        if (StopRules.HasFlag(CollapseStops.Eigenvalue) && EigenvalueIterations == 0)
            throw new ArgumentException("The eigenvalue rule needs EigenvalueIterations of at least 1.", nameof(StopRules));
    }
}
