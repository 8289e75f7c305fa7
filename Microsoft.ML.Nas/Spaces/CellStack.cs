using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// Cells one after another, each fed by the two before it (Zoph 2018, Liu 2019). The first cell gets the stem's output twice, the second
/// the stem's and the first cell's; cells of one input get the last output only.
/// </summary>
public sealed record CellStack : Block
{
    /// <summary>Creates a stack.</summary>
    /// <param name="stem">What comes before the first cell.</param>
    /// <param name="cells">The cells, first to last; those of the same name share their decisions.</param>
    public CellStack(Block stem, params ReadOnlySpan<Cell> cells)
    {
        ArgumentNullException.ThrowIfNull(stem);
        if (cells.IsEmpty) throw new SearchSpaceException("A stack needs at least one cell.");
        (Stem, Cells) = (stem, [.. cells]);
    }

    /// <summary>What comes before the first cell.</summary>
    public Block Stem { get; }

    /// <summary>The cells, first to last.</summary>
    public ImmutableArray<Cell> Cells { get; }

    /// <inheritdoc/>
    public bool Equals(CellStack? other) => other is not null && Stem == other.Stem && Cells.SequenceEqual(other.Cells);

    /// <inheritdoc/>
    public override int GetHashCode() => Cells.Aggregate(Stem.GetHashCode(), HashCode.Combine);
}
