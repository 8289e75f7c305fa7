using Microsoft.ML.Nas.Studies;

namespace Microsoft.ML.Nas.Tests.Strategies.Sampling;

/// <summary>A study that has some trials, and counts those that it had not.</summary>
internal sealed class ReplayStudy(IEnumerable<Trial> recorded) : IStudy
{
    private readonly Dictionary<int, Trial> _recorded = recorded.ToDictionary(static trial => trial.Number);
    private readonly InMemoryStudy _none = new();

    public List<Trial> Evaluated { get; } = [];

    public TimeSpan SpentBefore => TimeSpan.Zero;

    public ICheckpoints Checkpoints => _none.Checkpoints;

    public Trial? Recorded(in TrialJob job)
    {
        if (!_recorded.TryGetValue(job.Number, out var trial)) return null;
        Assert.AreEqual(trial.Architecture.Genotype, job.Genotype, $"Trial {job.Number} was another architecture.");
        Assert.AreEqual(trial.Fidelity, job.Fidelity);
        return trial;
    }

    public bool HasEnded(int number) => _recorded.ContainsKey(number);

    public bool Claim(in TrialJob job) => true;

    public void Reported(int number, int epoch, double metric, double loss) { }

    public Trial Ended(Trial trial)
    {
        lock (Evaluated) Evaluated.Add(trial);
        return trial;
    }

    public void Abandoned(int number) { }

    public void WaitForOthers(CancellationToken cancellation) { }

    public string Fact(string name, Func<string> measure) => measure();

    public void Dispose() { }
}
