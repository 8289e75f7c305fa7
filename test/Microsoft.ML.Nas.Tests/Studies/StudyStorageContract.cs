using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Studies.Storage;

namespace Microsoft.ML.Nas.Tests.Studies;

/// <summary>What every storage of studies must do.</summary>
public abstract class StudyStorageContract
{
    private const string Strange = "O'Brien \"said\" – naïve; DROP TABLE trial;-- 価格 🙂\n\t\\";

    /// <summary>Opens the same study again, as another process would after this one ended.</summary>
    internal abstract IStudyStorage Open();

    [TestMethod]
    public void WhatIsRecordedOutlivesTheProcess()
    {
        using (var storage = Open())
        {
            Assert.IsNull(storage.Description);
            Assert.AreEqual("about {}", storage.Describe("about {}"));
            storage.BeginRun("{\"machine\":1}");
            storage.Spend(12.5);
            Assert.IsTrue(storage.TryClaim("search", Job(0), out _));
            storage.Report("search", 0, new(1, 0.5, double.NaN));
            storage.Report("search", 0, new(2, 0.75, 0.25));
            Assert.IsTrue(storage.End("search", Ended(0)));
            storage.Conclude("{\"found\":1}");
        }
        using (var storage = Open())
        {
            Assert.AreEqual("about {}", storage.Description);
            Assert.AreEqual("{\"found\":1}", storage.Outcome);
            Assert.AreEqual("{\"machine\":1}", storage.Runs().Single().Description);
            Assert.AreEqual(12.5, storage.Runs().Single().Spent);
            var trial = storage.Trials("search").Single();
            Assert.AreEqual(TrialState.Complete, trial.State);
            Assert.AreEqual("0-1-0", trial.Genotype);
            Assert.AreEqual(0.1 + 0.2, trial.Metric);
            Assert.AreEqual(double.NaN, trial.Loss);
            Assert.AreEqual((123_456_789_012, 5_000_000_000, 7), (trial.Parameters, trial.Macs, trial.Epochs));
            CollectionAssert.AreEqual(new CurvePoint[] { new(1, 0.5, double.NaN), new(2, 0.75, 0.25) }, trial.Curve.ToArray());
            Assert.AreEqual(double.PositiveInfinity, trial.Objectives["latency, ms"]);
            Assert.AreEqual((1, 0.5), (trial.Attempts, trial.SharedLoss));
        }
    }

    [TestMethod]
    public void NamesAndValuesAreStoredAsTheyAre()
    {
        using (var storage = Open())
        {
            storage.Describe(Strange);
            storage.BeginRun(Strange);
            Assert.AreEqual(Strange, storage.Fact(Strange, () => Strange));
            storage.TryClaim(Strange, Job(0) with { Origin = Strange }, out _);
            storage.End(Strange, Ended(0) with { FailureReason = Strange, Objectives = new Dictionary<string, double> { [Strange] = -0.0 } });
        }
        using (var storage = Open())
        {
            Assert.AreEqual(Strange, storage.Description);
            Assert.AreEqual(Strange, storage.Facts()[Strange]);
            var trial = storage.Trials(Strange).Single();
            Assert.AreEqual((Strange, Strange, Strange), (trial.Origin, trial.FailureReason, trial.Objectives.Keys.Single()));
            Assert.IsTrue(double.IsNegative(trial.Objectives[Strange]));
        }
    }

    [TestMethod]
    public void TheFirstDescriptionAndTheFirstFactStay()
    {
        using var storage = Open();
        storage.Describe("first");
        Assert.AreEqual("first", storage.Describe("second"));
        Assert.AreEqual("1", storage.Fact("plan", () => "1"));
        Assert.AreEqual("1", storage.Fact("plan", () => throw new InvalidOperationException("It is known.")));
    }

    [TestMethod]
    public void AnEndedTrialIsNotClaimedAgain()
    {
        using var storage = Open();
        storage.Describe("");
        storage.TryClaim("search", Job(3), out _);
        storage.End("search", Ended(3));
        Assert.IsFalse(storage.TryClaim("search", Job(3), out var existing));
        Assert.AreEqual(0.1 + 0.2, existing!.Metric);
        Assert.IsFalse(storage.End("search", Ended(3) with { Metric = 9 }), "The first end counts.");
        Assert.AreEqual(0.1 + 0.2, storage.Trials("search").Single().Metric);
    }

    [TestMethod]
    public void ASeriesKnowsNothingOfAnother()
    {
        using var storage = Open();
        storage.Describe("");
        Assert.IsTrue(storage.TryClaim("search", Job(0), out _));
        Assert.IsTrue(storage.TryClaim("baseline", Job(0), out _));
        storage.End("baseline", Ended(0));
        Assert.AreEqual(TrialState.Running, storage.Trials("search").Single().State);
    }

    [TestMethod]
    public void WhatWasGivenUpIsClaimedAgainWithoutWhatItReported()
    {
        using var storage = Open();
        storage.Describe("");
        storage.TryClaim("search", Job(0), out _);
        storage.Report("search", 0, new(1, 0.5, 0.5));
        storage.Abandon("search", 0);
        Assert.IsTrue(storage.TryClaim("search", Job(0) with { Fidelity = 0.25 }, out _));
        var trial = storage.Trials("search").Single();
        Assert.AreEqual((2, 0.25, 0), (trial.Attempts, trial.Fidelity, trial.Curve.Count));
    }

    [TestMethod]
    public void CheckpointsAreReplacedWholeAndForgotten()
    {
        using (var storage = Open())
        {
            storage.Describe("study");
            Assert.IsNull(storage.Checkpoints.OpenRead("supernet"));
            storage.Checkpoints.Save("supernet", static stream => stream.Write([1, 2, 3]));
            storage.Checkpoints.Save("supernet", static stream => stream.Write([4, 5]));
            Assert.ThrowsExactly<InvalidOperationException>(() => storage.Checkpoints.Save("supernet", static stream =>
            {
                stream.WriteByte(6);
                throw new InvalidOperationException("It ends half-way.");
            }));
        }
        using (var storage = Open())
        {
            using (var stream = storage.Checkpoints.OpenRead("supernet")!) CollectionAssert.AreEqual(new byte[] { 4, 5 }, ReadAll(stream));
            storage.Checkpoints.Delete("supernet");
            storage.Checkpoints.Delete("supernet");
            Assert.IsNull(storage.Checkpoints.OpenRead("supernet"));
        }
    }

    internal static TrialJob Job(int number) => new(number, new Genotype([0, 1, 0]), 1, null, "sample");

    internal static TrialRecord Ended(int number) => new(number, "0-1-0", 1, null, "sample", TrialState.Complete)
    {
        Metric = 0.1 + 0.2,
        Parameters = 123_456_789_012,
        Macs = 5_000_000_000,
        Epochs = 7,
        Seconds = 1.25,
        SharedLoss = 0.5,
        Objectives = new Dictionary<string, double> { ["latency, ms"] = double.PositiveInfinity },
    };

    private static byte[] ReadAll(Stream stream)
    {
        var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
