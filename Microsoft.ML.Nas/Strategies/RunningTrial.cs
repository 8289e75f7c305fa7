using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>A trial that has begun.</summary>
/// <param name="Key">What the study knows it by.</param>
/// <param name="Job">What is evaluated.</param>
/// <param name="Architecture">The job's architecture.</param>
/// <param name="End">When it ends, on the clock that <see cref="Evaluation.Evaluator.Duration"/> tells.</param>
internal sealed record RunningTrial(TrialJob Key, Job Job, Architecture Architecture, double End)
{
    /// <summary>The trials that had ended when it began; empty where nobody asks.</summary>
    public IReadOnlyList<Trial> EndedBefore { get; init; } = [];

    /// <summary>The trial once it ends, null where it runs out of time; no task before anybody works on it.</summary>
    public Task<Trial?>? Result { get; set; }
}
