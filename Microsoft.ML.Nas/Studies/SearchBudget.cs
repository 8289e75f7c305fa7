using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What a search may still use: time, trials, supernet epochs.</summary>
internal sealed class SearchBudget(TimeSpan? time, int? maxTrials, int? maxEpochs, CancellationToken cancellation)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public CancellationToken Cancellation => cancellation;

    public TimeSpan? Time => time;

    /// <summary>The study whose time it is.</summary>
    public IStudy Study { get; init; } = new InMemoryStudy();

    public TimeSpan Elapsed => Study.SpentBefore + _clock.Elapsed;

    public TimeSpan? Remaining => time - Elapsed;

    public int? MaxTrials => maxTrials;

    /// <summary>The time a search of a table may use, in the table's seconds.</summary>
    public double? SimulatedSeconds { get; init; }

    public int Trials { get; private set; }

    public int SupernetEpochs { get; private set; }

    /// <summary>The number of supernet epochs that the schedule was laid out for; null where none was, or where time ran out on the way.</summary>
    public int? SupernetPlan { get; set; }

    public bool IsTimeUp => Remaining <= TimeSpan.Zero;

    public bool AllowsTrial => !IsTimeUp && (maxTrials is null || Trials < maxTrials);

    /// <summary>The time at which supernet training ends when it may use a share of what is left; null where time does not limit it.</summary>
    /// <remarks>Set once in a study: a search that goes on, with more time or less, keeps it.</remarks>
    public TimeSpan? SupernetDeadline(double shareOfRemaining) => Remaining is not { } remaining ? null : TimeSpan.FromSeconds(double.Parse(
        Study.Fact("supernet deadline", () => (Elapsed + remaining * shareOfRemaining).TotalSeconds.ToString("R", CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture));

    /// <summary>The number of supernet epochs where they are counted; null where only time limits them.</summary>
    /// <param name="defaultEpochs">The number where neither time nor epochs are limited.</param>
    public int? PlannedSupernetEpochs(int defaultEpochs) => maxEpochs ?? (time is null ? defaultEpochs : null);

    /// <summary>How much of the budget is used, 0 to 1.</summary>
    public double Fraction => Math.Min(1, Math.Max(
        time is { } limit ? Elapsed / limit : 0,
        maxTrials is { } trials ? (double)Trials / trials : 0));

    public void CountTrial() => Trials++;

    public void CountSupernetEpoch() => SupernetEpochs++;
}
