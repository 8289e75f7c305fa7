using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Blocks one after another.</summary>
public sealed record Chain : Block
{
    /// <summary>Creates a chain; an empty one passes its input on.</summary>
    public Chain(params ReadOnlySpan<Block> blocks) => Blocks = [.. blocks];

    /// <summary>The blocks, first to last.</summary>
    public ImmutableArray<Block> Blocks { get; }

    /// <inheritdoc/>
    public bool Equals(Chain? other) => other is not null && Blocks.SequenceEqual(other.Blocks);

    /// <inheritdoc/>
    public override int GetHashCode() => Blocks.Aggregate(17, HashCode.Combine);
}
