using Microsoft.ML.Data;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>Sentences with a label a token, which depends on the token before, and models of them.</summary>
internal static class LabeledSentences
{
    public static readonly string[] Words = ["red", "green", "blue", "two", "three", "four"];

    public static Prediction[] Scored(ITransformer model, Sentence[] rows)
    {
        var ml = new MLContext(1);
        var scored = model.Transform(ml.Data.LoadFromEnumerable(rows));
        return [.. ml.Data.CreateEnumerable<Prediction>(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored), false)];
    }

    public static TransformerChain<ArchitectureTransformer> Fit(Sentence[] rows, SearchOptions options)
    {
        var (pipeline, data) = PipelineOf(rows, options);
        return pipeline.Fit(data);
    }

    public static ITransformer Train(Architecture architecture, Sentence[] rows, SearchOptions options)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(rows);
        return ml.Nas().TrainArchitecture(architecture, options).Fit(ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data));
    }

    public static (EstimatorChain<ArchitectureTransformer> Pipeline, IDataView Data) PipelineOf(Sentence[] rows, SearchOptions options)
    {
        var ml = new MLContext(1);
        return (ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).SearchArchitecture(ml, options), ml.Data.LoadFromEnumerable(rows));
    }

    public static SearchOptions Options() => new()
    {
        Space = SearchSpaces.SequenceLabeling(widths: [16], maxBlocks: 1), Strategy = SearchStrategies.Random(), MaxTrials = 2, EpochsPerTrial = 8, MaxTrainingEpochs = 24, Threads = 1,
    };

    public static Sentence[] Sentences(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(row =>
        {
            // One text of the greatest length, so that it is known.
            int[] words = [.. Enumerable.Range(0, row == 0 ? 8 : random.Next(1, 9)).Select(_ => random.Next(Words.Length))];
            return new Sentence { Tokens = [.. words.Select(static word => Words[word])], Label = [.. words.Select((word, place) => place > 0 && words[place - 1] >= 3 ? "after" : "other")], Weight = 1 + row % 2, Group = row % 2 == 0 ? "even" : "odd" };
        })];
    }

    public sealed class Sentence
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];

        public float Weight { get; set; } = 1;

        public string Group { get; set; } = "";
    }

    public sealed class KeyPrediction
    {
        public uint[] PredictedLabel { get; set; } = [];
    }

    public sealed class Prediction
    {
        public string[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];
    }
}
