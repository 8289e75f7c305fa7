using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>The shape of a tensor whose rank is known: <c>["N", 10]</c> is a batch of rows of ten. Equal when all dimensions are.</summary>
[CollectionBuilder(typeof(GraphShape), nameof(Create))]
public sealed class GraphShape : IReadOnlyList<Dimension>, IEquatable<GraphShape>
{
    private readonly ImmutableArray<Dimension> _dimensions;

    private GraphShape(ImmutableArray<Dimension> dimensions) => _dimensions = dimensions;

    /// <summary>The shape of a single number: no dimensions.</summary>
    public static GraphShape Scalar { get; } = new([]);

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The number of dimensions, as <see cref="Rank"/>.</summary>
    public int Count => Rank;

    /// <summary>The number of elements, or null when a dimension is not fixed.</summary>
    public long? ElementCount
    {
        get
        {
            long count = 1;
            foreach (var dimension in _dimensions)
            {
                if (dimension.Size is not { } size)
                    return null;
                count = checked(count * size);
            }

            return count;
        }
    }

    /// <summary>The dimension at <paramref name="axis"/>, from 0; <c>shape[^1]</c> is the last.</summary>
    public Dimension this[int axis] => _dimensions[axis];

    /// <summary>A shape of these dimensions.</summary>
    public static GraphShape Create(ReadOnlySpan<Dimension> dimensions) => new([.. dimensions]);

    /// <summary>A shape of fixed sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static GraphShape Fixed(params ReadOnlySpan<long> sizes)
    {
        var dimensions = ImmutableArray.CreateBuilder<Dimension>(sizes.Length);
        foreach (long size in sizes)
            dimensions.Add(size);
        return new(dimensions.MoveToImmutable());
    }

    /// <summary>This shape with the dimension at <paramref name="axis"/> replaced.</summary>
    public GraphShape With(int axis, Dimension dimension) => new(_dimensions.SetItem(axis, dimension));

    /// <summary>The dimensions as a span.</summary>
    public ReadOnlySpan<Dimension> AsSpan() => _dimensions.AsSpan();

    /// <inheritdoc/>
    public IEnumerator<Dimension> GetEnumerator() => ((IEnumerable<Dimension>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(GraphShape? other) => other is not null && AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GraphShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var dimension in _dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>For example <c>[N, 10]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _dimensions)}]";
}
