namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Orders by several losses at once (Deb 2002): non-dominated sorting, then the crowding distance.</summary>
internal static class ParetoRanking
{
    /// <summary>The complete trials of the highest fidelity that none beats in the metric and every objective, best metric first.</summary>
    /// <param name="trials">All trials.</param>
    /// <param name="reward">The metric turned so that higher is better.</param>
    public static IReadOnlyList<Trial> Front(IReadOnlyList<Trial> trials, Func<Trial, double> reward)
    {
        var complete = trials.Where(static trial => trial.State == TrialState.Complete).ToArray();
        if (complete.Length == 0) return [];
        var fidelity = complete.Max(static trial => trial.Fidelity);
        return [.. Front([.. complete.Where(trial => trial.Fidelity == fidelity)], trial => [-reward(trial), .. trial.Objectives.Values])
            .OrderByDescending(reward).ThenBy(static trial => trial.Number)];
    }

    /// <summary>What no other item beats: no other is at least as good in every loss and better in one.</summary>
    /// <param name="items">The items.</param>
    /// <param name="losses">An item's losses, lower is better; as many for every item.</param>
    public static IReadOnlyList<T> Front<T>(IReadOnlyList<T> items, Func<T, double[]> losses)
    {
        var all = items.Select(losses).ToArray();
        return [.. items.Where((_, index) => !all.Any(other => Dominates(other, all[index])))];
    }

    /// <summary>The items front by front; within a front, the ends first, then those with the most room around them.</summary>
    /// <param name="items">The items.</param>
    /// <param name="losses">An item's losses, lower is better; as many for every item.</param>
    public static IReadOnlyList<T> Order<T>(IReadOnlyList<T> items, Func<T, double[]> losses)
    {
        var (ordered, rest) = (new List<T>(), items.ToList());
        while (rest.Count > 0)
        {
            var front = Front(rest, losses);
            var room = Crowding([.. front.Select(losses)]);
            ordered.AddRange(Enumerable.Range(0, front.Count).OrderByDescending(index => room[index]).Select(index => front[index]));
            var taken = front.ToHashSet();
            rest.RemoveAll(taken.Contains);
        }
        return ordered;
    }

    public static bool Dominates(double[] left, double[] right)
    {
        var better = false;
        for (var loss = 0; loss < left.Length; loss++)
        {
            if (left[loss] > right[loss]) return false;
            better |= left[loss] < right[loss];
        }
        return better;
    }

    /// <summary>The sum over losses of the distance between an item's two neighbours, as a share of the range; infinite at the ends.</summary>
    private static double[] Crowding(double[][] losses)
    {
        var room = new double[losses.Length];
        for (var loss = 0; loss < losses[0].Length; loss++)
        {
            var order = Enumerable.Range(0, losses.Length).OrderBy(index => losses[index][loss]).ToArray();
            var range = losses[order[^1]][loss] - losses[order[0]][loss];
            room[order[0]] = room[order[^1]] = double.PositiveInfinity;
            for (var i = 1; i < order.Length - 1 && range > 0; i++) room[order[i]] += (losses[order[i + 1]][loss] - losses[order[i - 1]][loss]) / range;
        }
        return room;
    }
}
