using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Reports;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Studies.Storage;
using Microsoft.ML.Nas.Tests.Pipeline;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>Whole searches in mixed precision.</summary>
[TestClass]
public sealed class PrecisionTests
{
    public static IEnumerable<object[]> Strategies => Searches.All.Keys.Select(static name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Every_strategy_trains_in_the_precision_compares_in_float32_and_repeats_itself(string strategy)
    {
        using var split = TestData.Xor();
        var witness = new Witness();
        var space = new SearchSpace("witnessed", new Chain(witness, TestData.SmallSpace().Root), new Shape(2));
        using var first = Run();
        Assert.IsTrue(witness.Seen.Contains((IsTraining: true, IsLow: true)));
        Assert.IsTrue(witness.Seen.Contains((IsTraining: false, IsLow: false)));
        Assert.IsFalse(witness.Seen.Contains((IsTraining: false, IsLow: true)), "What is compared is float32.");
        // The second order's difference of gradients is all that is float32 while something is trained.
        Assert.AreEqual(strategy.EndsWith("second order", StringComparison.Ordinal), witness.Seen.Contains((IsTraining: true, IsLow: false)));

        using var second = Run();
        Assert.AreEqual(first.SearchId, second.SearchId);
        CollectionAssert.AreEqual(Values(first), Values(second));
        CollectionAssert.AreEqual(first.Trials.Select(static trial => trial.Loss).ToArray(), second.Trials.Select(static trial => trial.Loss).ToArray());

        SearchResult Run() => Searches.Run(strategy, split, static options => options.Precision = TrainingPrecision.BFloat16, space);

        static float[] Values(SearchResult result) => [.. result.Networks[0].Network.parameters().SelectMany(static parameter => parameter.ToFloats())];
    }

    /// <summary>Half of it is a difference of gradients that the precision could not tell apart.</summary>
    [TestMethod]
    public void The_second_order_gradient_is_nearly_float32s()
    {
        using var scope = NewDisposeScope();
        using var split = TestData.Regression();
        manual_seed(1);
        var space = TestData.SmallSpace();
        using var supernet = new Supernet(space, split.Input, 1);
        using var alphas = new SoftmaxRelaxation(space, space.Default);
        using var weights = new FlatParameters(supernet);
        using var architecture = new FlatParameters(alphas);
        var training = (split.Train.Features, split.Train.Labels, (Tensor?)null);
        var heldOut = (split.Validation.Features, split.Validation.Labels, (Tensor?)null);
        var full = Gradient(TrainingPrecision.Float32, null);
        var low = Gradient(TrainingPrecision.BFloat16, null);
        Assert.IsLessThan(0.03, (full - low).norm().item<float>() / full.norm().item<float>());
        Assert.AreEqual(0f, (low - Gradient(TrainingPrecision.BFloat16, new())).abs().max().item<float>(), "A scaled loss gives the same gradient.");

        Tensor Gradient(TrainingPrecision precision, LossScale? scale)
        {
            using var low = Autocast.Use(precision);
            new BilevelStep(supernet, alphas, weights, architecture, split.Target) { LossScale = scale }.SecondOrderArchitectureGradient(training, heldOut, stepSize: 0.5);
            return architecture.Gradients.clone();
        }
    }

    [TestMethod]
    [DataRow("random")]
    [DataRow("darts")]
    public void The_precision_belongs_to_the_study_the_manifest_and_the_report(string strategy)
    {
        using var folder = new TemporaryFolder();
        using var split = TestData.Xor();
        var study = folder.File("search.db");
        using var low = Search(TrainingPrecision.BFloat16);
        Assert.AreEqual(TrainingPrecision.BFloat16, low.Manifest.ToOptions(TestData.SmallSpace(), Searches.All[strategy]()).Precision);
        Assert.Contains("BFloat16", low.Manifest.ToJson());
        Assert.IsTrue(ReportContent.Of(low).Figures.Any(static figure => figure.Value == "BFloat16"));
        using var again = Search(TrainingPrecision.BFloat16);
        Assert.AreEqual(low.ValidationMetric, again.ValidationMetric);
        var error = Assert.ThrowsExactly<StudyException>(() => Search(TrainingPrecision.Float32));
        StringAssert.Contains(error.Message, "protocol recipe Precision is \"BFloat16\" in the study and nothing now");

        SearchResult Search(TrainingPrecision precision)
        {
            using var storage = StudyStorage.Open(study, shared: false);
            var options = new SearchOptions { Strategy = Searches.All[strategy](), Space = TestData.SmallSpace(), MaxTrials = 2, MaxEpochs = 2, EpochsPerTrial = 1, MaxTrainingEpochs = 1, Precision = precision };
            return ArchitectureSearch.Run(new SearchProblem([split]), options, seed: 1, static _ => { }, storage);
        }
    }

    [TestMethod]
    public void A_study_that_names_no_precision_is_one_of_float32()
    {
        var described = JsonNode.Parse(ObjectDescription.Of(new TrainingRecipe())!.ToJsonString())!.AsObject();
        Assert.IsTrue(described.Remove(nameof(TrainingRecipe.Precision)));
        StudyDescription.Check(described.ToJsonString(), ObjectDescription.Of(new TrainingRecipe())!.AsObject(), "here");
        Assert.ThrowsExactly<StudyException>(() => StudyDescription.Check(described.ToJsonString(), ObjectDescription.Of(new TrainingRecipe { Precision = TrainingPrecision.BFloat16 })!.AsObject(), "here"));
    }

    /// <summary>Fit refuses a file that differs from the trained network.</summary>
    [TestMethod]
    public void What_is_exported_is_what_was_trained_and_the_same_every_time()
    {
        using var first = Fit(TrainingPrecision.BFloat16);
        using var second = Fit(TrainingPrecision.BFloat16);
        using var full = Fit(TrainingPrecision.Float32);
        Assert.IsTrue(first.ParityReport!.Agrees);
        CollectionAssert.AreEqual(Bytes(first), Bytes(second));
        CollectionAssert.AreNotEqual(Bytes(first), Bytes(full));

        static ArchitectureTransformer Fit(TrainingPrecision precision) => new MLContext(1).Nas().SearchArchitecture(new SearchOptions
        {
            FeatureColumnNames = TestRows.Features,
            Strategy = SearchStrategies.Random(),
            MaxTrials = 1,
            EpochsPerTrial = 2,
            MaxTrainingEpochs = 2,
            Threads = 1,
            Precision = precision,
        }).Fit(TestRows.Binary(120));

        static byte[] Bytes(ArchitectureTransformer model)
        {
            using var folder = new TemporaryFolder();
            model.SaveOnnx(folder.File("model.onnx"));
            return File.ReadAllBytes(folder.File("model.onnx"));
        }
    }

    [TestMethod]
    public void Float16_is_refused_on_a_CPU_before_anything_is_read()
    {
        var view = TestRows.Binary();
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext(1).Nas().SearchArchitecture(new SearchOptions { Precision = TrainingPrecision.Float16 }).Fit(view));
        Assert.AreEqual((nameof(SearchOptions.Precision), TrainingPrecision.Float16), (error.ParamName, error.ActualValue));
        StringAssert.Contains(error.Message, nameof(TrainingPrecision.BFloat16));
        Assert.AreEqual(-1, view.FurthestRow);
    }

    /// <summary>Passes its input on, and notes in what it was computed.</summary>
    private sealed record Witness : Operation
    {
        public HashSet<(bool IsTraining, bool IsLow)> Seen { get; } = [];

        public override Shape OutputShape(Shape input) => input;

        public override Cost Cost(Shape input) => default;

        public override Module<Tensor, Tensor> CreateModule(Shape input) => new WitnessModule(Seen);

        public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

        private sealed class WitnessModule(HashSet<(bool IsTraining, bool IsLow)> seen) : Module<Tensor, Tensor>(nameof(WitnessModule))
        {
            public override Tensor forward(Tensor input)
            {
                seen.Add((training, Autocast.IsOn));
                return input.alias();
            }
        }
    }
}
