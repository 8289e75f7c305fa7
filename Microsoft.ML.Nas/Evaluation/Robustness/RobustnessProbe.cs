using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.Robustness;

/// <summary>Measures what <see cref="RobustnessOptions"/> asks for.</summary>
/// <param name="options">What to measure.</param>
/// <param name="raw">All rows.</param>
/// <param name="rows">The rows of the first split.</param>
/// <param name="split">The first split.</param>
/// <param name="encoder">Its encoder.</param>
/// <param name="splits">Encodes other splits of the same rows.</param>
/// <param name="slices">Every row's value of the shift column; null where none is asked for.</param>
/// <param name="groups">Every row's group; null where none are asked for.</param>
/// <param name="seed">Decides the noise.</param>
internal sealed class RobustnessProbe(
    RobustnessOptions options, RawRows raw, RowSplit rows, DataSplit split, InputEncoder encoder, SplitEncoder splits, string[]? slices, string[]? groups, int seed)
{
    private const int Draws = 3, MostGroups = 50;
    private static readonly double[] DefaultFeatureNoise = [0.1, 0.5];

    private readonly string[] _slices = slices is null ? [] : [.. rows.Validation.CountBy(row => slices![row]).OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Key).Take(options.MaxShiftSlices)];

    /// <summary>Trains an architecture on a split, as the network at a position of the ensemble was trained.</summary>
    public delegate TrainedNetwork Training(Architecture architecture, DataSplit split, int index);

    /// <summary>The number of times that every network is trained.</summary>
    public int Trainings => options.LabelNoise.Length + _slices.Length;

    private double[] FeatureStrengths => options.FeatureNoise ?? (raw is RawTable ? DefaultFeatureNoise : []);

    /// <summary>Reads the columns that the options name, and refuses what cannot be measured.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has no groups, or noise is asked for on what is no table.</exception>
    public static RobustnessProbe Create(RobustnessOptions options, IDataView data, RawRows raw, RowSplit rows, DataSplit split, InputEncoder encoder, SplitEncoder splits, int seed)
    {
        if (options.FeatureNoise is { Length: > 0 } && raw is not RawTable)
            throw Refusal(nameof(options.FeatureNoise), string.Join(", ", options.FeatureNoise), $"{nameof(RobustnessOptions)}.{nameof(options.FeatureNoise)} is measured on tables only, and the features are of the kind {raw.Plan.Kind}; leave it null.");
        var slices = options.ShiftColumn is { } shift ? RowGroups.Read(data, shift, raw.Rows, nameof(options.ShiftColumn)) : null;
        if (slices is not null && slices.Distinct().Count() < 2)
            throw Refusal(nameof(options.ShiftColumn), options.ShiftColumn, $"The column '{options.ShiftColumn}' has one value only, so that none can be held out.");
        var groups = options.SensitiveColumn is { } sensitive ? RowGroups.Read(data, sensitive, raw.Rows, nameof(options.SensitiveColumn)) : null;
        if (groups?.Distinct().Count() is > MostGroups and var count)
            throw Refusal(nameof(options.SensitiveColumn), options.SensitiveColumn, $"The column '{options.SensitiveColumn}' has {count} values; at most {MostGroups} groups can be told apart.");
        return new(options, raw, rows, split, encoder, splits, slices, groups, seed);
    }

    /// <summary>Measures.</summary>
    /// <param name="networks">The final networks, whose answers are averaged.</param>
    /// <param name="clean">What they say of the validation rows.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="train">Trains.</param>
    /// <param name="cancellation">Ends the measuring with what there is.</param>
    public RobustnessReport Measure(IReadOnlyList<TrainedNetwork> networks, ValidationAnswers clean, SearchMetric metric, Training train, CancellationToken cancellation)
    {
        var (labelNoise, featureNoise, shift) = (new List<NoiseResult>(), new List<NoiseResult>(), new List<ShiftResult>());
        var cancelled = false;
        try
        {
            foreach (var strength in FeatureStrengths)
            {
                cancellation.ThrowIfCancellationRequested();
                featureNoise.Add(new(strength, UnderFeatureNoise(networks, clean, metric, strength)));
            }
            foreach (var share in options.LabelNoise) labelNoise.Add(new(share, UnderLabelNoise(networks, clean, metric, share, train)));
            foreach (var slice in _slices) shift.Add(UnderShift(networks, clean, metric, slice, train));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            cancelled = true;
        }
        return new()
        {
            Metric = clean.Score(metric),
            LabelNoise = labelNoise,
            FeatureNoise = featureNoise,
            ShiftColumn = options.ShiftColumn,
            Shift = shift,
            Fairness = groups is null ? null : FairnessReport.Of(options.SensitiveColumn!, clean, [.. rows.Validation.Select(row => groups[row])], metric, split.Target.Task),
            WasCancelled = cancelled,
        };
    }

    private double UnderFeatureNoise(IReadOnlyList<TrainedNetwork> networks, ValidationAnswers clean, SearchMetric metric, double strength)
    {
        var random = new Random(Seeds.Derive(seed, "feature noise"));
        return Enumerable.Range(0, Draws).Average(_ =>
        {
            using var scope = NewDisposeScope();
            var noisy = FeatureNoise.Apply((RawTable)raw, (FeatureEncoder)encoder, rows.Validation, rows.Train, strength, random);
            var features = encoder.Encode(noisy, noisy.AllRows()).to(split.Validation.Features.device);
            return (clean with { Predictions = Mean(networks, features) }).Score(metric);
        });
    }

    private double UnderLabelNoise(IReadOnlyList<TrainedNetwork> networks, ValidationAnswers clean, SearchMetric metric, double share, Training train)
    {
        var random = new Random(Seeds.Derive(seed, "label noise"));
        // Features and weights belong to the split; only the labels are new.
        var (training, validation) = (LabelNoise.Corrupt(split.Train, split.Target, share, random), LabelNoise.Corrupt(split.Validation, split.Target, share, random));
        using var trainingLabels = training.Labels;
        using var validationLabels = validation.Labels;
        return Trained(networks, new(split.Input, split.Target, training, validation), train, trained =>
            (clean with { Predictions = Mean(trained, split.Validation.Features) }).Score(metric));
    }

    private ShiftResult UnderShift(IReadOnlyList<TrainedNetwork> networks, ValidationAnswers clean, SearchMetric metric, string slice, Training train)
    {
        var held = Enumerable.Range(0, rows.Validation.Length).Where(index => slices![rows.Validation[index]] == slice).ToArray();
        var seen = clean.Subset(held);
        int[] Others(int[] all) => [.. all.Where(row => slices![row] != slice)];
        var without = new RowSplit(Others(rows.Train), Others(rows.Validation));
        if (without.Train.Length == 0 || without.Validation.Length == 0) return new(slice, held.Length, seen.Score(metric), double.NaN);
        var (data, other) = splits.Encode(without);
        using (data)
        {
            var unseen = Trained(networks, data, train, trained =>
            {
                // What was fitted without the slice may read shorter texts, so that their labels are cut anew as well.
                using var alone = splits.Encode(new([], Array.ConvertAll(held, index => rows.Validation[index])), other, data.Target);
                return ValidationAnswers.Of(alone, Mean(trained, alone.Validation.Features)).Score(metric);
            });
            return new(slice, held.Length, seen.Score(metric), unseen);
        }
    }

    /// <summary>Measures all networks trained anew; NaN where a training diverged.</summary>
    private static double Trained(IReadOnlyList<TrainedNetwork> networks, DataSplit data, Training train, Func<IReadOnlyList<TrainedNetwork>, double> measure)
    {
        var trained = new List<TrainedNetwork>();
        try
        {
            foreach (var network in networks) trained.Add(train(network.Architecture, data, trained.Count));
            return measure(trained);
        }
        catch (DivergedException)
        {
            return double.NaN;
        }
        finally
        {
            foreach (var network in trained) network.Dispose();
        }
    }

    private static ArgumentOutOfRangeException Refusal(string option, string? value, string message) => new(option, value, message);

    private static Predictions Mean(IReadOnlyList<TrainedNetwork> networks, Tensor features) => Predictions.Mean([.. networks.Select(network => network.Predict(features))]);
}
