using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Supernets;

namespace Microsoft.ML.Nas.Strategies.OneShot;

/// <summary>See <see cref="PathSampling.ProgressiveShrinking"/>.</summary>
internal sealed class ShrinkingPaths : PathSampler
{
    private const int Stages = 3;
    private readonly Dictionary<int, int[]> _depths = [];
    private readonly Dictionary<int, int[]> _widths = [];
    private readonly Genotype _largest;

    /// <param name="space">The space.</param>
    /// <param name="size">Says how large an architecture is.</param>
    public ShrinkingPaths(SearchSpace space, Func<Genotype, long> size) : base(space)
    {
        var roles = DecisionRoles.Of(space);
        var indices = new int[space.Decisions.Length];
        // Depths first: what is wide in a block that does not run cannot be told.
        foreach (var decision in roles.Depths) indices[decision] = space.Decisions[decision].Count - 1;
        foreach (var decision in roles.Depths) _depths[decision] = [.. Enumerable.Range(0, space.Decisions[decision].Count).Reverse()];
        foreach (var decision in roles.Settings)
        {
            if (space.Decisions[decision].Kind == DecisionKind.Regularization) continue;
            var sizes = Enumerable.Range(0, space.Decisions[decision].Count).Select(option => size(With(decision, option))).ToArray();
            _widths[decision] = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(option => sizes[option])];
            indices[decision] = _widths[decision][0];
        }
        _largest = Path(decision => indices[decision]);

        Genotype With(int decision, int option)
        {
            var changed = indices.ToArray();
            // Blocks that a choice leaves out are put in, so that the settings inside them count.
            for (var inner = decision; Space.Decisions[inner].Condition is { } condition; inner = condition.Decision)
                if (!condition.Options.Contains(changed[condition.Decision])) changed[condition.Decision] = condition.Options[0];
            changed[decision] = option;
            return Space.Normalize(changed);
        }
    }

    public override Genotype Largest => _largest;

    public override IReadOnlyList<Genotype> Next(double progress, System.Random random) => [Path(decision =>
        _depths.TryGetValue(decision, out var depths) ? Draw(depths, progress * Stages - 1, random)
        : _widths.TryGetValue(decision, out var widths) ? Draw(widths, progress * Stages - 2, random)
        : random.Next(Space.Decisions[decision].Count))];

    /// <summary>One of the first options; more of them as the stage goes on, all at its end.</summary>
    private static int Draw(int[] options, double share, System.Random random) =>
        options[random.Next(1 + (int)Math.Ceiling(Math.Clamp(share, 0, 1) * (options.Length - 1)))];
}
