using System.Globalization;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What a search may still use: time, trials, supernet epochs.</summary>
/// <param name="time">The time; null where it does not limit the search.</param>
/// <param name="maxTrials">The number of trials; null where it does not.</param>
/// <param name="maxEpochs">The number of supernet epochs; null where it does not.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class SearchBudget(TimeSpan? time, int? maxTrials, int? maxEpochs, TimeProvider clock, CancellationToken cancellation)
{
    private readonly long _started = clock.GetTimestamp();

    public CancellationToken Cancellation => cancellation;

    public TimeProvider Clock => clock;

    public TimeSpan? Time => time;

    /// <summary>Whether there is one trial even where time is up before it.</summary>
    public bool NeedsTrial { get; init; } = true;

    /// <summary>The study whose time it is.</summary>
    public IStudy Study { get; init; } = new InMemoryStudy();

    public TimeSpan Elapsed => Study.SpentBefore + clock.GetElapsedTime(_started);

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

    /// <summary>What is cancelled when the search is, or when its time is up.</summary>
    public Deadline StartDeadline() => new(Remaining, clock, cancellation);

    public void CountTrial() => Trials++;

    public void CountSupernetEpoch() => SupernetEpochs++;
}
