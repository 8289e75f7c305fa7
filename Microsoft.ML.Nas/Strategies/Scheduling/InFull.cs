namespace Microsoft.ML.Nas.Strategies.Scheduling;

/// <summary>Evaluates every proposal in full.</summary>
internal sealed class InFull : Scheduler
{
    public override string Name => "";

    public override Job? Next(SearchHistory history, Sampler sampler, Random random) =>
        sampler.Propose(history, random) is { } genotype ? new Job(genotype, sampler.Name) : null;
}
