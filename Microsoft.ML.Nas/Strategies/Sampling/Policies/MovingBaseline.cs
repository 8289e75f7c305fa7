namespace Microsoft.ML.Nas.Strategies.Sampling.Policies;

/// <summary>Holds rewards against their own moving mean and spread, so that their unit does not matter.</summary>
/// <param name="decay">How slowly both move, above 0 and below 1.</param>
internal sealed class MovingBaseline(double decay)
{
    private double _mean;
    private double _variance;
    private bool _hasMean;

    /// <summary>How much better than usual a reward is, in standard deviations, at most three; then the reward becomes part of what is usual. A failure counts as clearly worse.</summary>
    public double Advantage(double reward)
    {
        if (!double.IsFinite(reward)) return -2;
        if (!_hasMean)
        {
            (_mean, _hasMean) = (reward, true);
            return 0;
        }
        var difference = reward - _mean;
        _mean += (1 - decay) * difference;
        _variance = decay * (_variance + (1 - decay) * difference * difference);
        return Math.Clamp(difference / Math.Sqrt(_variance + 1e-12), -3, 3);
    }
}
