using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Blocks side by side: each reads the same input, and their outputs are merged.</summary>
public sealed record Branches : Block
{
    /// <summary>Creates branches.</summary>
    /// <param name="merge">How their outputs become one.</param>
    /// <param name="blocks">At least two blocks; an empty <see cref="Chain"/> passes the input on.</param>
    /// <exception cref="SearchSpaceException">There are fewer than two branches.</exception>
    public Branches(Merge merge, params ReadOnlySpan<Block> blocks)
    {
        if (blocks.Length < 2) throw new SearchSpaceException($"Branches need at least two blocks; {blocks.Length} was given.");
        (Merge, Blocks) = (merge, [.. blocks]);
    }

    /// <summary>How their outputs become one.</summary>
    public Merge Merge { get; }

    /// <summary>The branches.</summary>
    public ImmutableArray<Block> Blocks { get; }

    /// <inheritdoc/>
    public bool Equals(Branches? other) => other is not null && Merge == other.Merge && Blocks.SequenceEqual(other.Blocks);

    /// <inheritdoc/>
    public override int GetHashCode() => Blocks.Aggregate((int)Merge, HashCode.Combine);
}
