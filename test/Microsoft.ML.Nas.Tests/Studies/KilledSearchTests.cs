using Microsoft.ML.Nas.Studies.Storage;
using StudyWorker;

namespace Microsoft.ML.Nas.Tests.Studies;

/// <summary>Searches that are killed, in processes of their own. <c>Benchmarks studies</c> does it fifty times.</summary>
[TestClass]
public sealed class KilledSearchTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    [TestMethod]
    [DataRow("random", "trial 2", "trial 5")]
    [DataRow("darts", "epoch 5", "trial 2")]
    public void AKilledSearchLosesNoTrialAndEndsAsIfItHadNotBeenKilled(string strategy, params string[] moments)
    {
        using var folder = new TemporaryFolder();
        using var unkilled = new WorkerProcess(folder.File("unkilled.db"), strategy, 8);
        var study = folder.File("killed.db");
        foreach (var moment in moments)
        {
            using var victim = new WorkerProcess(study, strategy, 8);
            victim.WaitFor(worker => worker.Lines.Contains(moment));
            victim.Kill();
            Assert.IsNull(victim.Found, victim.Errors);
            using var storage = StudyStorage.OpenToRead(study);
            var recorded = storage.Trials("search").Where(static trial => trial.State == TrialState.Complete).Select(static trial => trial.Number).ToArray();
            foreach (var trial in victim.Trials) Assert.Contains(trial, recorded);
        }
        using var survivor = new WorkerProcess(study, strategy, 8);
        Assert.IsTrue(survivor.Wait(Long) && unkilled.Wait(Long));
        Assert.IsNotNull(unkilled.Found, unkilled.Errors);
        Assert.AreEqual(unkilled.Found, survivor.Found, survivor.Errors);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void FourWorkersShareAStudyAndOneMayDie()
    {
        const int Trials = 24;
        using var server = new PostgreSqlServer("fsync=off");
        var study = server.Study("shared", claimTimeout: 2);
        var workers = Enumerable.Range(0, 4).Select(_ => new WorkerProcess(study, "random", Trials, workers: 4, waits: true)).ToArray();
        foreach (var worker in workers) worker.WaitFor(static worker => worker.Lines.Contains("ready"));
        // However busy the machine is, the victim has done some of the work before it dies, and has not done all of it.
        var victim = workers[0];
        victim.Allow(4);
        victim.WaitFor(static worker => worker.Trials.Length == 4);
        foreach (var worker in workers[1..]) worker.Begin();
        victim.Allow(4);
        victim.WaitFor(static worker => worker.Trials.Length > 4);
        victim.Kill();
        foreach (var worker in workers[1..])
        {
            Assert.IsTrue(worker.Wait(Long));
            Assert.IsNotNull(worker.Found, worker.Errors);
        }
        Assert.IsNull(victim.Found);
        using var storage = StudyStorage.OpenToRead(study);
        var trials = storage.Trials("search");
        CollectionAssert.AreEqual(Enumerable.Range(0, Trials).ToArray(), trials.Select(static trial => trial.Number).ToArray());
        Assert.IsTrue(trials.All(static trial => trial.State == TrialState.Complete));
        // What the dead worker ran was begun again; all else was run once.
        Assert.IsLessThanOrEqualTo(Trials + 1, trials.Sum(static trial => trial.Attempts));
        Assert.IsGreaterThan(1, trials.Select(static trial => trial.Worker).Distinct().Count());
        Assert.AreEqual(1, workers[1..].Select(static worker => worker.Found!.Split(' ')[1]).Distinct().Count(), "All workers find the same.");
        foreach (var worker in workers) worker.Dispose();
    }
}
