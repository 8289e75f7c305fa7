using System.Diagnostics;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation.Robustness;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Studies.Storage;
using Microsoft.ML.Nas.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Nas;

/// <summary>One call of <see cref="ArchitectureSearchEstimator.Fit"/>: read, encode, search, export, compare.</summary>
internal sealed class SearchRun(MLContext mlContext, SearchOptions options, Func<int> drawSeed, IChannel channel)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public ArchitectureTransformer Fit(IDataView input)
    {
        var plan = ColumnPlanner.Create(ColumnInfo.From(input.Schema), options);
        var device = DeviceChoice.Choose(mlContext, DeviceChoice.CountGpus(), Warn);
        SearchOptionsValidator.ValidatePrecision(options, device.type);
        var label = input.Schema[plan.Label.Name];
        var keyValues = plan.Label.IsKey ? KeyValues.Of(label) : null;
        if (plan.Label.IsVector && keyValues is not null) plan = plan with { Label = plan.Label with { Entities = EntityTags.Of(keyValues.Texts) } };
        SearchOptionsValidator.ValidateMetric(options, plan);
        var raw = RawRowsReader.Read(input, plan, options.CancellationToken);
        Info($"Read {raw.Rows} rows with {plan.Features.Count} feature columns for {plan.Task}.");

        using var storage = options.Study is { } study ? StudyStorage.Open(study, (options.Strategy ?? SearchStrategies.Darts()).CanShare) : null;
        var seed = options.Seed ?? (storage?.Description is { } known ? StudyDescription.SeedOf(known) : drawSeed());
        var rows = SplitPlanner.Split(raw, options.ValidationFraction, seed);
        var splits = new SplitEncoder(raw, options.ClassWeighting, device, raw.Plan.Kind == InputKind.Image ? options.ImageAugmentation ?? new() : null);
        var encoded = Encode(splits, raw, rows, out var allRows);
        try
        {
            var encoder = encoded[0].Encoder;
            var robustness = options.Robustness is { } asked ? RobustnessProbe.Create(asked, input, raw, rows[0], encoded[0].Data, encoder, splits, seed) : null;
            IReadOnlyList<string> classes = keyValues is not null ? keyValues.Texts
                : plan.Task == LearningTask.Regression ? []
                : [.. Enumerable.Range(0, plan.Label.Classes).Select(index => plan.Label.IsKey ? $"{index + 1}" : $"{index == 1}")];
            var problem = new SearchProblem([.. encoded.Select(static split => split.Data)], allRows) { Robustness = robustness, Data = DataFingerprint.Of(raw, classes) };
            using var result = ArchitectureSearch.Run(problem, options, seed, Report, storage);
            result.LabelName = plan.Label.Name;
            result.ClassNames = classes;
            Report(new(SearchPhase.Exporting, 0, _clock.Elapsed, result.Trials.Count, result.SupernetEpochs, result.ValidationMetric, result.Architecture.Id, "Exporting to ONNX"));
            var exporter = new ModelExporter(encoder, keyValues, (graph, features) => NetworkExporter.Emit(graph, result.Networks, features));
            var onnx = exporter.Full(Metadata(result));
            var parity = CheckParity(result, onnx, encoder, raw, rows[0].Validation);
            var model = new ScoringModel(encoder, keyValues, exporter.Inner(), options.Threads);
            Report(new(SearchPhase.Exporting, 1, _clock.Elapsed, result.Trials.Count, result.SupernetEpochs, result.ValidationMetric, result.Architecture.Id,
                $"ONNX Runtime agrees with the trained network within {parity.LargestAbsolute?.Absolute:g2} on {parity.Rows} rows"));
            return new(model, onnx, result, parity);
        }
        finally
        {
            foreach (var (data, _) in encoded) data.Dispose();
        }
    }

    private (DataSplit Data, InputEncoder Encoder)[] Encode(SplitEncoder splits, RawRows raw, IReadOnlyList<RowSplit> rows, out Func<DataSplit>? allRows)
    {
        var encoded = rows.Select(splits.Encode).ToArray();
        var (first, encoder) = encoded[0];
        foreach (var dropped in encoder.Dropped)
        {
            if (dropped.IsMissing) Warn($"The feature column '{dropped.Name}' is missing in every training row and is left out.");
            else Info($"The feature column '{dropped.Name}' tells training rows apart nowhere (one value, or text that never repeats) and is left out.");
        }
        // One encoder for all that is trained: networks that were refitted and networks that were not stay interchangeable.
        allRows = options.RefitOnAllRows ?? raw.Rows < SearchOptions.RefitBelowRows ? () => splits.Encode(new RowSplit(raw.AllRows(), []), encoder, first.Target) : null;
        return encoded;
    }

    private ComparisonReport CheckParity(SearchResult result, OnnxModel onnx, InputEncoder encoder, RawRows raw, ReadOnlySpan<int> validation)
    {
        var rows = validation[..Math.Min(validation.Length, ParityCheck.MaximumRows)];
        using var features = encoder.Encode(raw, rows);
        var expected = NetworkScorer.Score(result.Networks, features);
        return ParityCheck.Run(expected, onnx, raw, rows, result.Target.Scale, options.Threads ?? 0);
    }

    private static ModelMetadata Metadata(SearchResult result) => new()
    {
        Documentation = $"Found by {result.Strategy} in the search space '{result.Space.Name}'.",
        Properties = new Dictionary<string, string>
        {
            ["nas.search_id"] = result.SearchId,
            ["nas.architectures"] = $"[{string.Join(",", result.Architectures.Select(static architecture => architecture.ToJson()))}]",
        },
    };

    private void Report(SearchProgress progress)
    {
        progress = progress with { Elapsed = _clock.Elapsed };
        Info(progress.Message);
        options.Progress?.Report(progress);
    }

    private void Info(string message) => channel.Info(MessageSensitivity.None, message);

    private void Warn(string message) => channel.Warning(MessageSensitivity.None, message);
}
