using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>A trained supernet that answers for any architecture of its space.</summary>
/// <param name="run">The supernet; disposed with this.</param>
/// <param name="space">The space.</param>
/// <param name="split">The data.</param>
/// <param name="calibrationRows">How many training rows set batch normalisation's statistics.</param>
internal sealed class SharedSupernet(SupernetRun run, SearchSpace space, DataSplit split, int calibrationRows) : IDisposable
{
    private const int CalibrationBatch = 256;
    private readonly Dictionary<Genotype, (double Metric, double Loss)> _known = [];
    private readonly BatchNormModule[] _norms = [.. run.Supernet.modules().OfType<BatchNormModule>().Distinct()];

    /// <summary>The metric and the loss on validation rows with the shared weights.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (double Metric, double Loss) Evaluate(Genotype genotype, SearchMetric metric, CancellationToken cancellation)
    {
        // The architecture as the supernet was trained on it.
        var path = space.Normalize([.. space.Decisions.Select((decision, index) => decision.Kind == DecisionKind.Regularization ? 0 : genotype[index])]);
        if (_known.TryGetValue(path, out var known)) return known;
        var mixture = Mixture.Path(path);
        run.Supernet.eval();
        Predictions predictions;
        try
        {
            Calibrate(mixture, cancellation);
            predictions = Predictions.Of(run.Supernet, features => run.Supernet.call(features, mixture), split, split.Validation.Features, cancellation);
        }
        finally
        {
            foreach (var norm in _norms) norm.UsesBatchStatistics = true;
        }
        return _known[path] = predictions.AreFinite ? (ValidationAnswers.Of(split, predictions).Score(metric), ValidationLoss.Of(split, predictions)) : (double.NaN, double.NaN);
    }

    public void Dispose() => run.Dispose();

    /// <summary>Sets the running statistics to the means over some training rows of what this path normalises.</summary>
    private void Calibrate(Mixture mixture, CancellationToken cancellation)
    {
        if (_norms.Length == 0) return;
        using var none = no_grad();
        var rows = Math.Min(calibrationRows, run.TrainingRows.Count);
        var batches = Math.Max(1, rows / CalibrationBatch);
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            foreach (var norm in _norms) (norm.UsesBatchStatistics, norm.Momentum) = (true, 1.0 / (batch + 1));
            var start = (long)batch * rows / batches;
            run.Supernet.call(run.TrainingRows.Features.narrow(0, start, (batch + 1L) * rows / batches - start), mixture);
        }
        foreach (var norm in _norms) norm.UsesBatchStatistics = false;
    }
}
