using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>A search looks at the clock between any two steps. Here every pass of rows through a network takes a second, and nothing else any time.</summary>
[TestClass]
public sealed class SearchTimeTests
{
    /// <summary>What laying out trials (five passes) and the first epoch of the first one (two of training, three of validation) take, which no limit cuts short.</summary>
    private const int LeastSeconds = 10;

    private const int ValidationPasses = 3;

    /// <summary>A pass takes 2,048 rows at most.</summary>
    private const int ValidationRows = 4100;

    public static IEnumerable<object[]> Strategies => Searches.All.Keys.Select(static name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void No_stretch_of_a_search_goes_on_for_more_than_a_pass_after_its_time(string strategy)
    {
        using var split = TestData.Xor(validation: ValidationRows);
        for (var limit = LeastSeconds; limit < 130; limit += 1 + limit / 8)
        {
            using var result = Run(strategy, split, options => (options.MaxSearchTimeInSeconds, options.MaxTrainingTimeInSeconds, options.ReportBaseline) = (limit, limit / 2, true));
            Assert.IsLessThanOrEqualTo(limit + 1.0, result.SearchSeconds, $"search, {limit} s");
            Assert.IsLessThanOrEqualTo(limit + 1.0, result.Baseline!.Seconds, $"baseline, {limit} s");
            // What was trained then answers for the validation rows once more.
            Assert.IsLessThanOrEqualTo(limit / 2 + 1.0 + ValidationPasses, result.TrainingSeconds, $"training, {limit / 2} s");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Where_time_is_up_at_once_there_is_still_one_trial(string strategy)
    {
        using var split = TestData.Xor(validation: ValidationRows);
        using var result = Run(strategy, split, static options => options.MaxSearchTimeInSeconds = 0.5);
        Assert.HasCount(1, result.Trials);
        Assert.AreEqual(1, result.Trials[0].Epochs);
    }

    private static SearchResult Run(string strategy, DataSplit split, Action<SearchOptions> limit)
    {
        var clock = new SteppingClock();
        Slow.Clock = clock;
        var width = Setting.Shared("width", 8, 16);
        var space = new SearchSpace("slow", new Chain(new Slow(), new Linear(width), new Repeat("blocks", new Chain(new Choice("activation", ("relu", new Relu()), ("silu", new Silu())), new Linear(width)), 1, 3)), new Shape(2));
        return Searches.Run(strategy, split, options =>
        {
            (options.MaxTrials, options.MaxEpochs, options.EpochsPerTrial, options.MaxTrainingEpochs, options.Clock) = (null, null, 4, null, clock);
            limit(options);
        }, space);
    }

    private sealed record Slow : Operation
    {
        [ThreadStatic]
        public static SteppingClock? Clock;

        public override Shape OutputShape(Shape input) => input;

        public override Cost Cost(Shape input) => default;

        public override Module<Tensor, Tensor> CreateModule(Shape input) => new SlowModule();

        public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

        private sealed class SlowModule() : Module<Tensor, Tensor>("slow")
        {
            public override Tensor forward(Tensor input)
            {
                Clock!.Advance(TimeSpan.FromSeconds(1));
                return input.alias();
            }
        }
    }
}
