using System.Globalization;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// Cross-validation of architectures and training recipes over the training reviews; the test reviews take no part. Networks are trained for a fixed
/// number of epochs, as a final network is on all rows, and judged alone and averaged with those of other seeds.
/// </summary>
internal static class TextFoldsBenchmark
{
    public static void Run(Flags flags)
    {
        set_num_threads(flags.Optional("threads") ?? 1);
        var (folds, networks, seed) = (flags.Optional("folds") ?? 5, flags.Optional("networks") ?? 3, flags.Optional("seed") ?? 1);
        var space = SearchSpaces.Text();
        var raw = Reviews.Read(space);
        var splits = Folds(raw, folds, seed).Select(fold => new SplitEncoder(raw, ClassWeighting.None, CPU).Encode(fold).Data).ToArray();
        foreach (var trial in flags.Text("trials", "blocks=0,pool=mean").Split(';')) Measure(trial, space, splits, networks, seed);
        foreach (var split in splits) split.Dispose();
    }

    /// <summary>Every row is validated on once; every fold has its share of each class.</summary>
    private static IEnumerable<RowSplit> Folds(Microsoft.ML.Nas.Data.RawRows raw, int folds, int seed)
    {
        var rows = raw.AllRows();
        new Random(seed).Shuffle(rows);
        int[] ordered = [.. rows.OrderBy(row => raw.Labels[row])];
        var fold = new int[raw.Rows];
        for (var i = 0; i < ordered.Length; i++) fold[ordered[i]] = i % folds;
        return Enumerable.Range(0, folds).Select(held => new RowSplit([.. raw.AllRows().Where(row => fold[row] != held)], [.. raw.AllRows().Where(row => fold[row] == held)]));
    }

    private static void Measure(string trial, SearchSpace space, DataSplit[] splits, int networks, int seed)
    {
        var settings = trial.Split(',').Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);
        var recipe = DefaultRecipes.For(splits[0]);
        if (Take("epochs") is { } epochs) recipe = recipe.WithEpochs((int)epochs);
        if (Take("batch") is { } batch) recipe = recipe with { BatchSize = (int)batch };
        if (Take("rate") is { } rate) recipe = recipe with { LearningRate = rate };
        if (Take("decay") is { } decay) recipe = recipe with { WeightDecay = decay };
        if (Take("smoothing") is { } smoothing) recipe = recipe with { LabelSmoothing = smoothing };
        recipe = recipe with { Patience = recipe.Epochs };
        var architecture = space.WithInput(splits[0].Input).Parse(settings);
        var (alone, aloneAuc, together, togetherAuc) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var seconds = 0.0;
        foreach (var (fold, split) in splits.Index())
        {
            var sum = new float[split.Validation.Count];
            var kept = space.WithInput(split.Input).Resolve(architecture);
            for (var member = 0; member < networks; member++)
            {
                var networkSeed = Seeds.Derive(seed, "fold", fold * 100 + member);
                manual_seed(networkSeed);
                using var network = new TrainedNetwork(kept, split);
                Predictions? last = null;
                var result = network.Train(new Trainer(recipe) { ShouldStop = (_, _, predictions) => (last = predictions) is null }, networkSeed, CancellationToken.None);
                seconds += result.Seconds;
                Add(last!, alone, aloneAuc);
                for (var row = 0; row < sum.Length; row++) sum[row] += last!.Values[row] / networks;
            }
            Add(new Predictions(sum, 1), together, togetherAuc);

            void Add(Predictions predictions, List<double> accuracies, List<double> aucs)
            {
                var answers = ValidationAnswers.Of(split, predictions);
                accuracies.Add(answers.Score(SearchMetric.Accuracy));
                aucs.Add(answers.Score(SearchMetric.AreaUnderRocCurve));
            }
        }
        Console.WriteLine(FormattableString.Invariant(
            $"{trial}: accuracy {alone.Average():0.0000}, AUC {aloneAuc.Average():0.0000}; of {networks} averaged {together.Average():0.0000}, {togetherAuc.Average():0.0000} (by fold {string.Join(" ", together.Select(static accuracy => accuracy.ToString("0.000", CultureInfo.InvariantCulture)))}); {recipe.Epochs} epochs, {seconds / alone.Count:0.0} s a network"));

        double? Take(string name) => settings.Remove(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
