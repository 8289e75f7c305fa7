using System.Collections.Immutable;
using System.Globalization;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>One option index per decision of a space, in the space's order. Inactive decisions are 0, so equal networks have equal genotypes.</summary>
public sealed record Genotype
{
    internal Genotype(ImmutableArray<int> indices) => Indices = indices;

    /// <summary>The option index of every decision.</summary>
    public ImmutableArray<int> Indices { get; }

    /// <summary>The option index of a decision.</summary>
    public int this[int decision] => Indices[decision];

    /// <inheritdoc/>
    public bool Equals(Genotype? other) => other is not null && Indices.AsSpan().SequenceEqual(other.Indices.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var index in Indices) hash.Add(index);
        return hash.ToHashCode();
    }

    /// <summary>The indices joined by dashes, as in <c>0-2-1</c>.</summary>
    public override string ToString() => string.Join('-', Indices.Select(static index => index.ToString(CultureInfo.InvariantCulture)));
}
