using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>
/// Says how good an architecture is: by training it, by shared weights, by a proxy, from a table. Derive from it to rank by something of
/// your own. Immutable: state that belongs to one search lives in <see cref="EvaluationContext.Memo"/>.
/// </summary>
public abstract class Evaluator
{
    /// <summary>The evaluator's name in results and reports.</summary>
    public abstract string Name { get; }

    /// <summary>Whether <see cref="Evaluate"/> may run on several threads at once. Default false: parallel workers then take turns.</summary>
    public virtual bool IsConcurrent => false;

    /// <summary>Evaluates one architecture. The answer must depend on the arguments alone, so that a search can be repeated and resumed.</summary>
    /// <param name="architecture">What to evaluate.</param>
    /// <param name="context">The trial's number, seed, fidelity and limits, and the search's data.</param>
    /// <exception cref="OperationCanceledException">The context's token was cancelled. Any other exception fails this one trial.</exception>
    public abstract EvaluationResult Evaluate(Architecture architecture, EvaluationContext context);

    /// <summary>
    /// How long an evaluation takes, known before it runs, in any unit: parallel workers' results are learned from in the order of this
    /// clock, so that they do not depend on the machine's load. Default: the fidelity.
    /// </summary>
    public virtual double Duration(Architecture architecture, double fidelity) => fidelity;

    /// <summary>Turns this evaluator's metric into a reward, higher is better. Default: as the search's metric says.</summary>
    /// <param name="metric">The metric of an evaluation.</param>
    /// <param name="searchMetric">The search's metric.</param>
    public virtual double RewardOf(double metric, SearchMetric searchMetric) => searchMetric.AsReward(metric);

    /// <summary>What an architecture's network costs, known without an evaluation.</summary>
    internal virtual Cost CostOf(Architecture architecture) => default;

    /// <summary>Prepares what all evaluations of a search need, in its memory. Called once, before the first.</summary>
    /// <param name="context">The search that is served, with its budget.</param>
    internal virtual void Begin(SearchContext context) { }

    /// <summary>The trial is about to be recorded, and may be the best so far: what the search would miss after a restart is saved now.</summary>
    internal virtual void Ending(Trial trial) { }

    /// <summary>The trial is part of the record now, and <paramref name="best"/> the best of it.</summary>
    internal virtual void Ended(Trial trial, Trial? best) { }
}
