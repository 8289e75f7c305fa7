using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>What flows between operations: the dimensions of one example, without the batch axis.</summary>
/// <remarks>
/// A hidden layer of 64 units is <c>[64]</c>; 16 ensemble members of it are <c>[16, 64]</c>, as is a sequence of 16 such vectors; an image
/// is <c>[channels, height, width]</c>.
/// </remarks>
public record Shape
{
    /// <summary>What has three dimensions is an image.</summary>
    internal const int ImageRank = 3;

    /// <summary>Creates a shape from its dimensions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is not positive.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        foreach (var dimension in dimensions)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension, nameof(dimensions));
        Dimensions = [.. dimensions];
    }

    /// <summary>The dimensions, outermost first.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The innermost dimension: the features (or channels) that a linear layer mixes.</summary>
    public int Features => Dimensions[^1];

    /// <summary>The axis that channels (or features) lie on: the first of an image <c>[channels, height, width]</c>, the last of everything else.</summary>
    public int ChannelAxis => Dimensions.Length == ImageRank ? 0 : Dimensions.Length - 1;

    /// <summary>The size of <see cref="ChannelAxis"/>.</summary>
    public int Channels => Dimensions[ChannelAxis];

    /// <summary>The number of values in one example.</summary>
    public long Count => Dimensions.Aggregate(1L, static (product, dimension) => product * dimension);

    /// <summary>This shape with another innermost dimension.</summary>
    public virtual Shape WithFeatures(int features) => new([.. Dimensions[..^1], features]);

    /// <summary>This shape with another number of channels.</summary>
    public Shape WithChannels(int channels) => Dimensions.Length == ImageRank ? new(channels, Dimensions[1], Dimensions[2]) : WithFeatures(channels);

    /// <inheritdoc/>
    public virtual bool Equals(Shape? other) =>
        other is not null && EqualityContract == other.EqualityContract && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var dimension in Dimensions) hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>The dimensions in brackets, as in <c>[16, 64]</c>.</summary>
    public sealed override string ToString() => $"[{string.Join(", ", Dimensions)}]";
}
