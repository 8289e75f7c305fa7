namespace Microsoft.ML.Nas.Strategies.Scheduling.Asha;

/// <summary>
/// Asynchronous successive halving (Li 2020): whenever a worker is free, an architecture that is among the best of its rung so far gets a
/// higher fidelity; where there is none, a new one gets the lowest. Nobody waits for a rung to end.
/// </summary>
/// <remarks>What differs from the paper: a higher fidelity starts anew.</remarks>
internal sealed class AshaScheduler(double[] fidelities, double factor) : Scheduler
{
    public override string Name => "ASHA";

    public override Job? Next(SearchHistory history, Sampler sampler, Random random)
    {
        HashSet<int> promoted = [.. history.Trials.Select(static trial => trial.Continues).Concat(history.Pending.Select(static job => job.Continues)).OfType<int>()];
        for (var rung = fidelities.Length - 2; rung >= 0; rung--)
        {
            var ended = history.Trials.Where(trial => trial.Fidelity == fidelities[rung]).ToArray();
            var promotable = ended.Where(static trial => trial.State == TrialState.Complete).OrderByDescending(history.Reward).ThenBy(static trial => trial.Number)
                .Take((int)(ended.Length / factor)).FirstOrDefault(trial => !promoted.Contains(trial.Number));
            if (promotable is not null) return new(promotable.Architecture.Genotype, promotable.Origin, fidelities[rung + 1], promotable.Number);
        }
        return sampler.Propose(history, random) is { } genotype ? new(genotype, sampler.Name, fidelities[0]) : Leftover.Next(history);
    }
}
