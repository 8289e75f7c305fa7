using System.Collections.Generic;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Gradient-boosted regression trees for the squared error.</summary>
public sealed class FastTreeRegressionTrainer : BoostingFastTreeTrainerBase<FastTreeRegressionTrainer.Options, RegressionPredictionTransformer<FastTreeRegressionModelParameters>, FastTreeRegressionModelParameters>
{
    private readonly int _leaves;
    private readonly int _trees;
    private readonly int _minimumExamples;
    private readonly double _learningRate;

    internal FastTreeRegressionTrainer(string label, string features, string weight, int leaves, int trees, int minimumExamples, double learningRate)
        : base(Column(features, SchemaShape.Column.VectorKind.Vector), Column(label, SchemaShape.Column.VectorKind.Scalar), weight is null ? default : Column(weight, SchemaShape.Column.VectorKind.Scalar))
    {
        Contracts.CheckParam(leaves >= 2, nameof(leaves), "must be at least 2");
        Contracts.CheckParam(trees >= 0, nameof(trees), "must not be negative");
        (_leaves, _trees, _minimumExamples, _learningRate) = (leaves, trees, minimumExamples, learningRate);
    }

    private protected override RegressionPredictionTransformer<FastTreeRegressionModelParameters> Train(IDataView input)
    {
        var (features, labels, weights) = Read(input);
        Contracts.Check(labels.Length > 0, "All instances skipped due to missing features.");
        var scores = new double[labels.Length];
        var trees = new List<RegressionTree>();
        for (var tree = 0; tree < _trees; tree++)
        {
            var residuals = new double[labels.Length];
            for (var row = 0; row < residuals.Length; row++)
                residuals[row] = labels[row] - scores[row];
            var grown = RegressionTree.Grow(features, residuals, weights, _leaves, _minimumExamples, _learningRate);
            // No split helps any more.
            if (grown is null)
                break;
            trees.Add(grown);
            for (var row = 0; row < scores.Length; row++)
                scores[row] += grown.Score(features[row]);
        }

        return new(new FastTreeRegressionModelParameters([.. trees]), FeatureColumn.Name, input.Schema[FeatureColumn.Name].Type);
    }

    /// <summary>The rows without a missing value.</summary>
    private (float[][] Features, float[] Labels, float[] Weights) Read(IDataView input)
    {
        var (features, labels, weights) = (new List<float[]>(), new List<float>(), new List<float>());
        var (featureColumn, labelColumn) = (input.Schema[FeatureColumn.Name], input.Schema[LabelColumn.Name]);
        DataViewSchema.Column[] needed = WeightColumn.Name is null ? [featureColumn, labelColumn] : [featureColumn, labelColumn, input.Schema[WeightColumn.Name]];
        using var cursor = input.GetRowCursor(needed);
        var (getFeatures, getLabel) = (cursor.GetGetter<VBuffer<float>>(featureColumn), cursor.GetGetter<float>(labelColumn));
        var getWeight = needed.Length > 2 ? cursor.GetGetter<float>(needed[2]) : null;
        VBuffer<float> values = default;
        var (label, weight) = (0f, 1f);
        while (cursor.MoveNext())
        {
            getFeatures(ref values);
            getLabel(ref label);
            getWeight?.Invoke(ref weight);
            var row = new float[values.Length];
            values.CopyTo(row);
            if (float.IsNaN(label) || System.Array.Exists(row, float.IsNaN))
                continue;
            features.Add(row);
            labels.Add(label);
            weights.Add(weight);
        }

        return ([.. features], [.. labels], [.. weights]);
    }

    private static SchemaShape.Column Column(string name, SchemaShape.Column.VectorKind kind) => new(name, kind, NumberDataViewType.Single, isKey: false);

    public sealed class Options
    {
    }
}
