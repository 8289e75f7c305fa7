namespace Microsoft.ML.Nas.Strategies.Scheduling.MedianStopping;

/// <summary>
/// The median rule (Golovin 2017, Vizier): a training is stopped after an epoch where its best result so far is worse than the median of
/// what complete trainings had on average up to that epoch.
/// </summary>
internal sealed class MedianStoppingScheduler(MedianStoppingOptions options, Scheduler inner) : Scheduler
{
    private readonly MedianStoppingOptions _options = options.Validated();

    public override string Name => inner.Name.Length == 0 ? "median stopping" : $"{inner.Name}, median stopping";

    public override bool StopsEarly => true;

    public override Job? Next(SearchHistory history, Sampler sampler, Random random) => inner.Next(history, sampler, random);

    public override bool ShouldStop(SearchHistory history, IReadOnlyList<Trial> ended, Job job, IReadOnlyList<CurvePoint> curve)
    {
        var epochs = curve.Count;
        if (inner.StopsEarly && inner.ShouldStop(history, ended, job, curve)) return true;
        if (epochs < _options.WarmupEpochs) return false;
        var averages = ended.Where(trial => trial.State == TrialState.Complete && trial.Fidelity == job.Fidelity && trial.Curve.Length >= epochs)
            .Select(trial => trial.Curve.Take(epochs).Average(point => history.Reward(point.Metric))).Order().ToArray();
        return averages.Length >= _options.StartupTrials && curve.Max(point => history.Reward(point.Metric)) < averages[averages.Length / 2];
    }
}
