using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>That weight-sharing strategies go on where they were, to the same result.</summary>
[TestClass]
public sealed class SupernetResumeTests
{
    private const int Epochs = 4;

    public static IEnumerable<object[]> Strategies =>
        ((string[])["darts", "darts, second order", "pc-darts", "gdas", "snas", "drnas", "proxylessnas", "fairdarts", "single path", "fair paths", "shrinking paths", "reinforce, shared weights"]).Select(static name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void A_search_that_died_after_any_epoch_ends_as_one_that_did_not(string strategy)
    {
        using var split = TestData.Xor();
        using var whole = Run(strategy, split, new Store());
        for (var death = 1; death <= Epochs; death++)
        {
            var store = new Store { DiesAfter = death };
            Assert.ThrowsExactly<IOException>(() => Run(strategy, split, store));
            using var resumed = Run(strategy, split, store);
            CollectionAssert.AreEqual(Outcome(whole), Outcome(resumed), $"died after epoch {death}");
            Assert.AreEqual(Epochs, resumed.SupernetEpochs);
        }
    }

    /// <summary>Gradients overflow until the scale of the losses has fallen; without layers that multiply matrices float16 runs on CPUs.</summary>
    [TestMethod]
    [DataRow("darts")]
    [DataRow("darts, second order")]
    [DataRow("shrinking paths")]
    [DataRow("reinforce, shared weights")]
    public void The_scale_of_losses_goes_on_too(string strategy)
    {
        using var split = TestData.Xor();
        void Steep(SearchOptions options) => (options.Precision, options.Space) = (TrainingPrecision.Float16,
            new("steep", new Chain(new LayerNorm(), new Steep(), new Choice("activation", ("relu", new Relu()), ("tanh", new Tanh()))), split.Input));
        using var whole = Run(strategy, split, new Store(), change: Steep);
        for (var death = 1; death <= Epochs; death++)
        {
            var store = new Store { DiesAfter = death };
            Assert.ThrowsExactly<IOException>(() => Run(strategy, split, store, change: Steep));
            using var resumed = Run(strategy, split, store, change: Steep);
            CollectionAssert.AreEqual(Outcome(whole), Outcome(resumed), $"died after epoch {death}");
        }
        using var unscaled = Run(strategy, split, new Store(), change: options =>
        {
            Steep(options);
            options.Precision = TrainingPrecision.Float32;
        });
        CollectionAssert.AreNotEqual(Outcome(unscaled), Outcome(whole), "Steps were left out.");
    }

    [TestMethod]
    public void A_damaged_or_foreign_checkpoint_is_refused_and_left_as_it_is()
    {
        using var split = TestData.Xor();
        var store = new Store { DiesAfter = 2 };
        Assert.ThrowsExactly<IOException>(() => Run("darts", split, store));
        var (name, saved) = store.Content.Single(static entry => !entry.Key.StartsWith("trial", StringComparison.Ordinal));

        foreach (var length in new[] { 0, 10, saved.Length / 2, saved.Length - 1 })
            Refused(store, name, saved[..length], "damaged");
        var flipped = saved.ToArray();
        flipped[saved.Length / 2] ^= 1;
        Refused(store, name, flipped, "damaged");

        store.Content[name] = saved;
        Assert.Contains("another search", Assert.ThrowsExactly<StudyException>(() => Run("darts", split, store, seed: 2)).Message);
        CollectionAssert.AreEqual(saved, store.Content[name]);

        void Refused(Store store, string name, byte[] content, string why)
        {
            store.Content[name] = content;
            Assert.Contains(why, Assert.ThrowsExactly<StudyException>(() => Run("darts", split, store)).Message);
            CollectionAssert.AreEqual(content, store.Content[name]);
        }
    }

    private static string[] Outcome(SearchResult result) =>
        [.. result.Trials.Select(static trial => $"{trial.Origin} {trial.Architecture.Id} {trial.Loss:R}"), .. (result.Collapse?.Epochs ?? []).Select(static point => $"{point}")];

    private static SearchResult Run(string strategy, DataSplit split, Store store, int seed = 1, Action<SearchOptions>? change = null)
    {
        var options = new SearchOptions { Strategy = Searches.All[strategy](), Space = TestData.SmallSpace(), MaxTrials = 3, MaxEpochs = Epochs, EpochsPerTrial = 2, MaxTrainingEpochs = 2 };
        change?.Invoke(options);
        return ArchitectureSearch.Run(new SearchProblem([split]), options, seed, static _ => { }, study: new InMemoryStudy { Checkpoints = store });
    }

    /// <summary>Gives what it is given; on its way back a gradient is multiplied by 10³⁷ and then divided by it.</summary>
    private sealed record Steep : Operation
    {
        public override Shape OutputShape(Shape input) => input;

        public override Cost Cost(Shape input) => default;

        public override Module<Tensor, Tensor> CreateModule(Shape input) => new SteepModule();

        public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

        private sealed class SteepModule() : Module<Tensor, Tensor>(nameof(SteepModule))
        {
            public override Tensor forward(Tensor input) => Times(Times(input, 1e-37f), 1e37f);

            private static Tensor Times(Tensor value, float slope) => value.detach() + (value - value.detach()) * slope;
        }
    }

    private sealed class Store : ICheckpoints
    {
        public Dictionary<string, byte[]> Content { get; } = [];

        /// <summary>The number of saves after which the process dies.</summary>
        public int DiesAfter { get; set; }

        public Stream? OpenRead(string name) => Content.TryGetValue(name, out var content) ? new MemoryStream(content) : null;

        public void Save(string name, Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            Content[name] = stream.ToArray();
            if (--DiesAfter == 0) throw new IOException("The power went out.");
        }

        public void Delete(string name) => Content.Remove(name);
    }
}
