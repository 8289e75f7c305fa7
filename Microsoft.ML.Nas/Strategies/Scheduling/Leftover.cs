namespace Microsoft.ML.Nas.Strategies.Scheduling;

/// <summary>What is left to do where a sampler has nothing new to propose: the best of what was not evaluated in full is.</summary>
internal static class Leftover
{
    public static Job? Next(SearchHistory history) => history.Trials
        .Where(trial => trial.State == TrialState.Complete && history.TrialOf(trial.Architecture.Genotype) == trial && trial.Fidelity < 1
            && !history.Pending.Any(job => job.Genotype.Equals(trial.Architecture.Genotype)))
        .OrderByDescending(static trial => trial.Fidelity).ThenByDescending(history.Reward).ThenBy(static trial => trial.Number)
        .Select(static trial => new Job(trial.Architecture.Genotype, trial.Origin, 1, trial.Number)).FirstOrDefault();
}
