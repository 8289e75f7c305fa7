using Microsoft.ML.Nas.Strategies;

namespace Snippets;

#region own-scheduler
/// <summary>Nine architectures with a third of an evaluation, then the best of them in full; and again.</summary>
internal sealed class NineThenOne : Scheduler
{
    public override string Name => "nine then one";

    public override Job? Next(SearchHistory history, Sampler sampler, Random random)
    {
        var begun = history.Trials.Count + history.Pending.Count;
        if (begun % 10 < 9) return sampler.Propose(history, random) is { } genotype ? new Job(genotype, sampler.Name, Fidelity: 1.0 / 3) : null;
        if (history.Pending.Count > 0) return null;                             // wait for the nine
        var best = history.Trials.TakeLast(9).MaxBy(history.Reward)!;
        return new Job(best.Architecture.Genotype, sampler.Name, Fidelity: 1, Continues: best.Number);
    }
}
#endregion
