using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>A result in a table: what training an architecture in full came to.</summary>
/// <param name="Metric">The metric on validation rows.</param>
/// <param name="Seconds">The time the training took.</param>
/// <param name="Cost">What the network costs per row; default where it is not known.</param>
public readonly record struct TabularEntry(double Metric, double Seconds, Cost Cost = default);

/// <summary>
/// Looks results up in a table instead of training, so that a strategy can be judged in milliseconds. Derive from it, or give it the
/// table as a function.
/// </summary>
/// <param name="name">What the benchmark is called.</param>
/// <param name="space">The space that the table covers.</param>
/// <param name="metric">What the table's metric is.</param>
/// <param name="entry">The result of an architecture at a fidelity; null where the table has none, which fails that trial.</param>
public class TabularBenchmark(string name, SearchSpace space, SearchMetric metric, Func<Genotype, double, TabularEntry?> entry) : Evaluator
{
    /// <summary>A table that knows full trainings only; a trial at a lower fidelity fails.</summary>
    public TabularBenchmark(string name, SearchSpace space, SearchMetric metric, Func<Genotype, TabularEntry?> entry)
        : this(name, space, metric, (genotype, fidelity) => fidelity == 1 ? entry(genotype) : null) { }

    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>The space that the table covers.</summary>
    public SearchSpace Space => space;

    /// <summary>What the table's metric is.</summary>
    public SearchMetric Metric => metric;

    /// <summary>True: a table can be read by several threads.</summary>
    public override bool IsConcurrent => true;

    /// <summary>The table's seconds.</summary>
    public override double Duration(Architecture architecture, double fidelity)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return entry(architecture.Genotype, fidelity)?.Seconds ?? 0;
    }

    internal sealed override Cost CostOf(Architecture architecture) => entry(architecture.Genotype, 1)?.Cost ?? default;

    /// <inheritdoc/>
    public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(context);
        return entry(architecture.Genotype, context.Fidelity) is { } found
            ? new(found.Metric, found.Cost) { Seconds = found.Seconds }
            : EvaluationResult.Failed($"The table '{name}' has no entry for {architecture.Genotype} at fidelity {context.Fidelity}.") with { Seconds = 0 };
    }
}
