namespace Microsoft.ML.Nas.Studies;

/// <summary>The study of a search that nothing is to survive of.</summary>
internal sealed class InMemoryStudy : IStudy
{
    public TimeSpan SpentBefore => TimeSpan.Zero;

    public ICheckpoints Checkpoints { get; init; } = new NoCheckpoints();

    public Trial? Recorded(in TrialJob job) => null;

    public bool HasEnded(int number) => false;

    public bool Claim(in TrialJob job) => true;

    public void Reported(int number, int epoch, double metric, double loss)
    {
    }

    public Trial Ended(Trial trial) => trial;

    public void Abandoned(int number)
    {
    }

    public void WaitForOthers(CancellationToken cancellation)
    {
    }

    public string Fact(string name, Func<string> measure) => measure();

    public void Dispose()
    {
    }
}
