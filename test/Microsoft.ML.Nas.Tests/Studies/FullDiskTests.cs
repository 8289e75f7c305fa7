using Microsoft.ML.Nas.Studies.Storage;

namespace Microsoft.ML.Nas.Tests.Studies;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class FullDiskTests
{
    [TestMethod]
    public void AFullDiskIsSaidAndTheStudyGoesOnOnceThereIsSpace()
    {
        using var disk = new SmallDisk(kilobytes: 256);
        var ended = 0;
        using (var storage = StudyStorage.Open(disk.File("study.db"), shared: false))
        {
            storage.Describe("study");
            var problem = Assert.ThrowsExactly<StudyException>(() =>
            {
                for (; ; ended++)
                {
                    storage.TryClaim("search", StudyStorageContract.Job(ended), out _);
                    storage.End("search", StudyStorageContract.Ended(ended) with { FailureReason = new string('x', 500) });
                }
            });
            Assert.Contains("disk is full", problem.Message);
            Assert.IsGreaterThan(0, ended);
        }
        // Full as it is, it can at least be read.
        using (var storage = StudyStorage.OpenToRead(disk.File("study.db"))) AssertRecorded(storage, ended);
        disk.Grow(kilobytes: 4096);
        using (var storage = StudyStorage.Open(disk.File("study.db"), shared: false))
        {
            AssertRecorded(storage, ended);
            storage.TryClaim("search", StudyStorageContract.Job(ended), out _);
            Assert.IsTrue(storage.End("search", StudyStorageContract.Ended(ended)));
        }
    }

    [TestMethod]
    public void ACheckpointThatFindsNoSpaceLeavesTheOneBefore()
    {
        using var disk = new SmallDisk(kilobytes: 256);
        using var storage = StudyStorage.Open(disk.File("study.db"), shared: false);
        storage.Describe("study");
        storage.Checkpoints.Save("supernet", static stream => stream.Write([1, 2, 3]));
        Assert.Contains("cannot be written", Assert.ThrowsExactly<StudyException>(() => storage.Checkpoints.Save("supernet", static stream => stream.Write(new byte[1 << 20]))).Message);
        using (var before = storage.Checkpoints.OpenRead("supernet")!) Assert.AreEqual(3, before.Length);
        storage.Checkpoints.Save("supernet", static stream => stream.Write([4, 5]));
        using (var after = storage.Checkpoints.OpenRead("supernet")!) Assert.AreEqual(2, after.Length);
    }

    [TestMethod]
    public void AStudyThatFindsNoSpaceToBeginIsNotHalfThere()
    {
        using var disk = new SmallDisk(kilobytes: 16);
        Assert.ThrowsExactly<StudyException>(() => StudyStorage.Open(disk.File("study.db"), shared: false));
        disk.Grow(kilobytes: 1024);
        using var storage = StudyStorage.Open(disk.File("study.db"), shared: false);
        Assert.AreEqual("study", storage.Describe("study"));
    }

    private static void AssertRecorded(IStudyStorage storage, int ended) =>
        Assert.AreEqual(ended, storage.Trials("search").Count(static trial => trial.State == TrialState.Complete));
}
