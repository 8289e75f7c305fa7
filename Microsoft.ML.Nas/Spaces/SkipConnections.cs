using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// Layers of which each chooses the earlier ones that feed it (Zoph and Le 2017, section 3.3): a decision for every pair of layers.
/// </summary>
/// <remarks>
/// A layer's inputs are joined along the channels, smaller images padded with zeros below and to the right. A layer that nothing feeds reads
/// the block's input; the outputs of all layers that feed no other are joined to be the block's output. Shapes are checked for layers that
/// read the input and for layers that read all earlier ones.
/// </remarks>
public sealed record SkipConnections : Block
{
    /// <summary>Creates a block of layers.</summary>
    /// <param name="name">The prefix of the decisions' names: <c>name[2]&lt;-0</c> is whether layer 0 feeds layer 2.</param>
    /// <param name="layers">The layers, first to last; they are numbered from 0.</param>
    /// <exception cref="SearchSpaceException">There is no layer.</exception>
    public SkipConnections(string name, params ReadOnlySpan<Block> layers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (layers.IsEmpty) throw new SearchSpaceException($"Block '{name}' has no layer; give it at least one.");
        (Name, Layers) = (name, [.. layers]);
    }

    internal SkipConnections(string name, ImmutableArray<Block> layers, ImmutableArray<ImmutableArray<int>> sources) =>
        (Name, Layers, Sources) = (name, layers, sources);

    /// <summary>The prefix of the decisions' names.</summary>
    public string Name { get; }

    /// <summary>The layers, first to last.</summary>
    public ImmutableArray<Block> Layers { get; }

    /// <summary>For each layer of an architecture the layers that feed it; null while that is open.</summary>
    public ImmutableArray<ImmutableArray<int>>? Sources { get; }

    /// <inheritdoc/>
    public bool Equals(SkipConnections? other) =>
        other is not null && Name == other.Name && Layers.SequenceEqual(other.Layers) && Sources.HasValue == other.Sources.HasValue
        && (Sources is not { } sources || sources.Zip(other.Sources!.Value).All(static pair => pair.First.SequenceEqual(pair.Second)));

    /// <inheritdoc/>
    public override int GetHashCode() => Layers.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
}
