using System.Diagnostics;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What a search may still use: time, trials, supernet epochs.</summary>
internal sealed class SearchBudget(TimeSpan? time, int? maxTrials, int? maxEpochs, CancellationToken cancellation)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public CancellationToken Cancellation => cancellation;

    public TimeSpan? Time => time;

    public TimeSpan Elapsed => _clock.Elapsed;

    public TimeSpan? Remaining => time - _clock.Elapsed;

    public int? MaxTrials => maxTrials;

    public int Trials { get; private set; }

    public int SupernetEpochs { get; private set; }

    public bool IsTimeUp => Remaining <= TimeSpan.Zero;

    public bool AllowsTrial => !IsTimeUp && (maxTrials is null || Trials < maxTrials);

    /// <summary>Whether another supernet epoch fits, when supernet training may use a share of the time.</summary>
    /// <param name="timeShare">The share of the whole time after which supernet training ends.</param>
    /// <param name="defaultEpochs">The number of epochs where neither time nor epochs limit it.</param>
    public bool AllowsSupernetEpoch(double timeShare, int defaultEpochs) =>
        (time is null || _clock.Elapsed < time * timeShare)
        && SupernetEpochs < (maxEpochs ?? (time is null ? defaultEpochs : int.MaxValue));

    /// <summary>How much of the budget is used, 0 to 1.</summary>
    public double Fraction => Math.Min(1, Math.Max(
        time is { } limit ? _clock.Elapsed / limit : 0,
        maxTrials is { } trials ? (double)Trials / trials : 0));

    public void CountTrial() => Trials++;

    public void CountSupernetEpoch() => SupernetEpochs++;
}
