using Microsoft.ML.Data;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Trees;

/// <summary>A few models of boosted trees; they follow from the seed and the evaluations known when they were trained last.</summary>
internal sealed class RewardTrees : IDisposable
{
    private readonly SearchSpace _space;
    private readonly TreesOptions _options;
    private readonly int _seed;
    private readonly MLContext _ml;
    private readonly int[] _offsets;
    private readonly SchemaDefinition _schema;
    private ITransformer[] _models = [];
    private int _fitted;

    public RewardTrees(SearchSpace space, TreesOptions options, int seed)
    {
        (_space, _options, _seed) = (space, options, Seeds.Derive(seed, "trees"));
        _ml = new MLContext(_seed);
        _offsets = new int[space.Decisions.Length + 1];
        for (var decision = 0; decision < space.Decisions.Length; decision++) _offsets[decision + 1] = _offsets[decision] + space.Decisions[decision].Count;
        _schema = SchemaDefinition.Create(typeof(Example));
        _schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _offsets[^1]);
    }

    /// <summary>Trains anew where enough more is known.</summary>
    public void Follow(SearchHistory history, IReadOnlyList<Trial> evaluated)
    {
        var size = _options.StartupTrials + (evaluated.Count - _options.StartupTrials) / _options.RefitEvery * _options.RefitEvery;
        if (size == _fitted) return;
        _fitted = size;
        var known = evaluated.Take(size).ToArray();
        var values = Encodings.Normal([.. known.Select(history.Reward)]);
        Example[] examples = [.. known.Select((trial, index) => Encode(trial.Architecture.Genotype, (float)values[index]))];
        Dispose();
        var trainer = _ml.Regression.Trainers.FastTree(nameof(Example.Label), nameof(Example.Features),
            numberOfLeaves: _options.NumberOfLeaves, numberOfTrees: _options.NumberOfTrees, minimumExampleCountPerLeaf: _options.MinimumExampleCountPerLeaf);
        _models = [.. Enumerable.Range(0, _options.EnsembleSize).Select(model =>
            trainer.Fit(_ml.Data.LoadFromEnumerable(new Random(Seeds.Derive(_seed, "sample", size * 100 + model)).GetItems(examples, examples.Length), _schema)))];
    }

    /// <summary>The mean and the standard deviation of the models' predictions of each architecture.</summary>
    public IReadOnlyList<(double Mean, double Deviation)> Predict(IReadOnlyList<Genotype> genotypes)
    {
        var rows = _ml.Data.LoadFromEnumerable(genotypes.Select(genotype => Encode(genotype, 0)).ToArray(), _schema);
        var scores = _models.Select(model => model.Transform(rows).GetColumn<float>("Score").ToArray()).ToArray();
        return [.. Enumerable.Range(0, genotypes.Count).Select(row =>
        {
            var mean = scores.Average(model => (double)model[row]);
            return (mean, Math.Sqrt(scores.Sum(model => (model[row] - mean) * (model[row] - mean)) / Math.Max(1, scores.Length - 1)));
        })];
    }

    public void Dispose()
    {
        foreach (var model in _models) (model as IDisposable)?.Dispose();
    }

    /// <summary>One indicator for every option of every decision.</summary>
    private Example Encode(Genotype genotype, float label)
    {
        var features = new float[_offsets[^1]];
        var options = Encodings.Options(_space, genotype);
        for (var decision = 0; decision < options.Length; decision++)
            if (options[decision] != Encodings.Inactive) features[_offsets[decision] + options[decision]] = 1;
        return new() { Label = label, Features = features };
    }

    private sealed class Example
    {
        public float Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
