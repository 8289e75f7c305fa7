namespace Microsoft.ML.Nas.Strategies.Scheduling.Hyperband;

/// <summary>
/// Successive halving (Karnin 2013; Jamieson and Talwalkar 2016): many architectures get a small share of an evaluation, the best of them
/// a larger one, and so on. Hyperband (Li 2018): such brackets in turn, from many architectures with little to few with all. Hyperband with
/// TPE is BOHB (Falkner, Klein and Hutter 2018).
/// </summary>
/// <remarks>
/// What differs from the papers: a higher fidelity starts anew. A rung begins when the one below it has ended, so that parallel workers may
/// have to wait (see <see cref="Asha.AshaScheduler"/>). Where a rung below has too few successes, new architectures fill the places.
/// </remarks>
internal sealed class BracketScheduler(string name, IReadOnlyList<Bracket> brackets) : Scheduler
{
    public override string Name => name;

    public override Job? Next(SearchHistory history, Sampler sampler, Random random)
    {
        // Jobs begin in the order of their places in the brackets; so the place of the next one is the number of those that began.
        Trial[] ended = [.. history.Trials.Where(static trial => trial.Origin != SearchContext.StartOrigin).OrderBy(static trial => trial.Number)];
        var (place, bracket) = (ended.Length + history.Pending.Count, 0);
        var first = 0;
        while (place >= brackets[bracket % brackets.Count].Slots)
        {
            place -= brackets[bracket % brackets.Count].Slots;
            first += brackets[bracket++ % brackets.Count].Slots;
        }
        var (rungs, rung) = (brackets[bracket % brackets.Count].Rungs, 0);
        while (place >= rungs[rung].Count)
        {
            place -= rungs[rung].Count;
            first += rungs[rung++].Count;
        }
        var fidelity = rungs[rung].Fidelity;
        if (rung == 0) return New(history, sampler, random, fidelity) ?? Leftover.Next(history);
        // Pending jobs began last; while there are any from the rung below, it has not ended.
        if (ended.Length < first) return null;
        var below = ended.AsSpan(first - rungs[rung - 1].Count, rungs[rung - 1].Count).ToArray()
            .Where(static trial => trial.State == TrialState.Complete).OrderByDescending(history.Reward).ThenBy(static trial => trial.Number).ToArray();
        return place < below.Length
            ? new(below[place].Architecture.Genotype, sampler.Name, fidelity, below[place].Number)
            : New(history, sampler, random, fidelity) ?? Leftover.Next(history);
    }

    private static Job? New(SearchHistory history, Sampler sampler, Random random, double fidelity) =>
        sampler.Propose(history, random) is { } genotype ? new(genotype, sampler.Name, fidelity) : null;
}
