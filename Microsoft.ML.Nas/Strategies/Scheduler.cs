namespace Microsoft.ML.Nas.Strategies;

/// <summary>Decides how much of a full evaluation each architecture gets, and which get more. Immutable, as a <see cref="Sampler"/> is.</summary>
public abstract class Scheduler
{
    /// <summary>The scheduler's name in results and reports; empty for the one that evaluates everything in full.</summary>
    public abstract string Name { get; }

    /// <summary>Whether <see cref="ShouldStop"/> may ever stop an evaluation. Default false.</summary>
    public virtual bool StopsEarly => false;

    /// <summary>What to evaluate next.</summary>
    /// <param name="history">What was evaluated, and what is being evaluated now.</param>
    /// <param name="sampler">Proposes architectures.</param>
    /// <param name="random">Seeded by the search's seed and the number of the trial to come.</param>
    /// <returns>Null where there is nothing to do until an evaluation ends, or ever, where none is running.</returns>
    public abstract Job? Next(SearchHistory history, Sampler sampler, Random random);

    /// <summary>Whether to stop an evaluation, by its learning curve. Called after every epoch, on the evaluation's own thread.</summary>
    /// <param name="history">The rewards of metrics; its trials may be more than those known when the evaluation began.</param>
    /// <param name="ended">The trials that had ended when the evaluation began.</param>
    /// <param name="job">What is being evaluated.</param>
    /// <param name="curve">The curve so far.</param>
    public virtual bool ShouldStop(SearchHistory history, IReadOnlyList<Trial> ended, Job job, IReadOnlyList<CurvePoint> curve) => false;
}
