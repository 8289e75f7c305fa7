using System.Collections.Immutable;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>What an evaluation may use.</summary>
public sealed class EvaluationContext
{
    private readonly SearchHistory _history;
    private readonly SearchProblem? _problem;
    private readonly Func<CurvePoint, IReadOnlyList<CurvePoint>, bool> _report;
    private ImmutableArray<CurvePoint> _curve = [];

    internal EvaluationContext(SearchHistory history, SearchProblem? problem, Func<CurvePoint, IReadOnlyList<CurvePoint>, bool> report) =>
        (_history, _problem, _report) = (history, problem, report);

    /// <summary>The trial's number.</summary>
    public required int Number { get; init; }

    /// <summary>The trial's seed, which follows from the search's seed and the number.</summary>
    public required int Seed { get; init; }

    /// <summary>The search's seed, the same for all trials.</summary>
    public int SearchSeed => _history.Seed;

    /// <summary>The share of a full evaluation that is asked for, above 0 and at most 1.</summary>
    public double Fidelity { get; init; } = 1;

    /// <summary>Cancelled when the search is, or when its time is up.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What is left of the search's time when the evaluation begins; null where time does not limit it.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The metric that the search ranks by.</summary>
    public SearchMetric Metric => _history.Metric;

    /// <summary>The data: training and validation rows, encoded; several splits for small tables.</summary>
    /// <exception cref="NotSupportedException">The search has no data, since it reads a table of results.</exception>
    public IReadOnlyList<DataSplit> Splits => Problem.Splits;

    internal SearchProblem Problem => _problem
        ?? throw new NotSupportedException("This search reads a table of results and has no data to train on; use an evaluator that needs none.");

    /// <summary>The first trial is cut short where time runs out, since a search must have one.</summary>
    internal bool IsFirst { get; init; }

    internal ImmutableArray<CurvePoint> Curve => _curve;

    internal double? SharedLoss { get; set; }

    internal bool WasPruned { get; private set; }

    /// <summary>Records where the training stands after an epoch.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="metric">The metric on validation rows.</param>
    /// <param name="loss">The validation loss.</param>
    /// <returns>Whether to stop: the learning curve promises little.</returns>
    public bool Report(int epoch, double metric, double loss)
    {
        var point = new CurvePoint(epoch, metric, loss);
        _curve = _curve.Add(point);
        return WasPruned = _report(point, _curve);
    }

    /// <summary>State that lives as long as the search; disposed at its end where it can be.</summary>
    /// <param name="key">Whose state it is; usually the evaluator itself.</param>
    /// <param name="create">Creates it when it is asked for first.</param>
    public T Memo<T>(object key, Func<T> create) where T : class => _history.Memo(key, create);
}
