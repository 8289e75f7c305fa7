using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Studies.Storage;
using Microsoft.ML.Nas.Tests;
using Microsoft.ML.Nas.Tests.Studies;
using StudyWorker;

namespace Benchmarks;

/// <summary>What a study costs, and what it is worth when searches are killed.</summary>
internal static class StudyBenchmark
{
    private const int Repeats = 3;
    private const int TrialsOfAKilledSearch = 10;

    public static void Run(Flags flags)
    {
        var (trials, kills) = ((int)flags.Number("trials", 1000), (int)flags.Number("kills", 50));
        using var server = new PostgreSqlServer();
        Overhead(trials, server);
        if (kills == 0) return;
        foreach (var strategy in flags.List("strategies", "random,darts")) Kill(strategy, kills);
    }

    private static void Overhead(int trials, PostgreSqlServer server)
    {
        using var folder = new TemporaryFolder();
        Seconds(null, trials);
        var memory = Enumerable.Range(0, Repeats).Min(_ => Seconds(null, trials));
        Console.WriteLine($"{trials:N0} trials of a table, in memory: {memory / trials * 1000:0.000} ms a trial");
        foreach (var (name, study) in ((string, Func<int, string>)[])[("SQLite", run => folder.File($"{run}.db")), ("PostgreSQL", run => server.Study($"{run}"))])
        {
            var seconds = Enumerable.Range(0, Repeats).Select(run => Seconds(study(run), trials)).ToArray();
            Console.WriteLine($"{name} adds {string.Join(", ", seconds.Select(total => $"{(total - memory) / trials * 1000:0.000}"))} ms a trial");
        }
    }

    private static double Seconds(string? study, int trials)
    {
        var space = SearchSpaces.NasBench201();
        var table = new TabularBenchmark("digits", space, SearchMetric.Accuracy, static genotype => new TabularEntry(genotype.Indices.Sum() / 24.0, 1));
        var clock = Stopwatch.StartNew();
        BenchmarkSearch.Run(table, SearchStrategies.Random(), new() { MaxTrials = trials, Study = study });
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Kills a search at random moments until it was killed often enough, beginning anew whenever it ends.</summary>
    private static void Kill(string strategy, int kills)
    {
        using var folder = new TemporaryFolder();
        var clock = Stopwatch.StartNew();
        using var unkilled = new WorkerProcess(folder.File("unkilled.db"), strategy, TrialsOfAKilledSearch);
        unkilled.Wait(TimeSpan.FromMinutes(5));
        var (whole, random) = (clock.Elapsed, new Random(1));
        var (searches, killed, lost, different, recorded) = (0, 0, 0, 0, 0);
        while (killed < kills)
        {
            var study = folder.File($"{searches++}.db");
            for (var ended = false; !ended;)
            {
                using var worker = new WorkerProcess(study, strategy, TrialsOfAKilledSearch);
                ended = killed >= kills ? worker.Wait(TimeSpan.FromMinutes(5)) : worker.Wait(random.NextDouble() * whole);
                if (!ended)
                {
                    worker.Kill();
                    killed++;
                }
                else if (worker.Found != unkilled.Found)
                {
                    different++;
                    Console.WriteLine($"different: {worker.Found ?? worker.Errors}");
                }
                if (!File.Exists(study)) continue;
                using var storage = StudyStorage.OpenToRead(study);
                var complete = storage.Trials("search").Where(static trial => trial.State == TrialState.Complete).Select(static trial => trial.Number).ToHashSet();
                lost += worker.Trials.Count(trial => !complete.Contains(trial));
                recorded += worker.Trials.Length;
            }
        }
        Console.WriteLine($"{strategy}: killed {killed} times in {searches} searches of {whole.TotalSeconds:0.0} s; {lost} of {recorded} trials lost; {searches - different} of {searches} searches ended with the unkilled one's file ({unkilled.Found})");
    }
}
