using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>What a trial of a lower fidelity has less of than a full one; see <see cref="Schedulers"/>.</summary>
public sealed class TrialFidelity
{
    private readonly Func<double, SearchSpace>? _space;

    private TrialFidelity(Func<double, SearchSpace>? space = null) => _space = space;

    /// <summary>A share of the epochs, with a learning-rate schedule of its own.</summary>
    public static TrialFidelity Epochs { get; } = new();

    /// <summary>A share of the training rows, drawn once; a higher fidelity has the rows of the lower ones too.</summary>
    public static TrialFidelity Rows { get; } = new();

    /// <summary>
    /// A smaller space with the same decisions, as in <c>share => SearchSpaces.NasBench201(channels: (int)(16 * share))</c>: narrower or
    /// shallower networks stand in for the real ones.
    /// </summary>
    /// <param name="space">The space at a share of a full evaluation, above 0 and below 1.</param>
    public static TrialFidelity Width(Func<double, SearchSpace> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new(space);
    }

    /// <summary>What there is less of: epochs, rows or width.</summary>
    public override string ToString() => this == Epochs ? "epochs" : this == Rows ? "rows" : "width";

    /// <summary>The share of the epochs at a fidelity.</summary>
    internal double EpochShare(double fidelity) => this == Epochs ? fidelity : 1;

    /// <summary>The share of the training rows at a fidelity.</summary>
    internal double RowShare(double fidelity) => this == Rows ? fidelity : 1;

    /// <summary>The architecture that stands in for another at a fidelity.</summary>
    /// <exception cref="SearchSpaceException">The smaller space has other decisions.</exception>
    internal Architecture StandIn(Architecture architecture, double fidelity, Shape input)
    {
        if (_space is null || fidelity == 1) return architecture;
        var space = _space(fidelity).WithInput(input);
        var (decisions, smaller) = (architecture.Space.Decisions, space.Decisions);
        if (decisions.Length != smaller.Length || !decisions.Zip(smaller).All(static pair => pair.First.Name == pair.Second.Name && pair.First.Count == pair.Second.Count))
            throw new SearchSpaceException($"The space '{space.Name}' that stands in for '{architecture.Space.Name}' at fidelity {fidelity:g3} has other decisions; it may differ in sizes that are no decisions only.");
        return space.Resolve(architecture.Genotype);
    }
}
