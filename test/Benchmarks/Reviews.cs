using Microsoft.ML;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Transforms;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>The fine-foods reviews as the networks of a space take them.</summary>
internal static class Reviews
{
    /// <summary>Four fifths of the training file to learn from, the others to validate on.</summary>
    public static DataSplit Split(SearchSpace space)
    {
        var raw = Read(space);
        return new SplitEncoder(raw, ClassWeighting.None, CPU).Encode(SplitPlanner.Split(raw, 0.2, seed: 1)[0]).Data;
    }

    /// <summary>The training file.</summary>
    public static Microsoft.ML.Nas.Data.RawRows Read(SearchSpace space)
    {
        var ml = new MLContext(1);
        var view = TextBenchmark.Load(ml, Path.Combine(SharedData.Folder("text"), "fine-foods.train.csv"));
        var keys = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(view).Transform(view);
        return RawRowsReader.Read(keys, ColumnPlanner.Create(ColumnInfo.From(keys.Schema), new() { Space = space, FeatureColumnNames = ["Text"] }), CancellationToken.None);
    }
}
