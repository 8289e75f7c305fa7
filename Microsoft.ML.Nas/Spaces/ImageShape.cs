using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// One image as it is stored, <c>[channels, height, width]</c>, with the mean and the standard deviation of its channels in the training rows.
/// Networks and supernets normalise it before their first block, which is given a plain <see cref="Shape"/>.
/// </summary>
public sealed record ImageShape : Shape
{
    /// <summary>Creates the shape of an image.</summary>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="means">For each channel, the mean over all training pixels.</param>
    /// <param name="deviations">For each channel, the standard deviation over all training pixels, positive.</param>
    /// <exception cref="ArgumentException">There are not as many means as deviations, or one is not finite or not positive.</exception>
    public ImageShape(int height, int width, ImmutableArray<float> means, ImmutableArray<float> deviations) : base(means.Length, height, width)
    {
        if (means.Length != deviations.Length)
            throw new ArgumentException($"There are {means.Length} means and {deviations.Length} standard deviations; give one of each for every channel.", nameof(deviations));
        for (var channel = 0; channel < means.Length; channel++)
            if (!float.IsFinite(means[channel]) || !(deviations[channel] > 0) || !float.IsFinite(deviations[channel]))
                throw new ArgumentException($"Channel {channel} has the mean {means[channel]} and the standard deviation {deviations[channel]}; both must be finite, the latter positive.", nameof(deviations));
        (Means, Deviations) = (means, deviations);
    }

    /// <summary>For each channel, the mean over all training pixels.</summary>
    public ImmutableArray<float> Means { get; }

    /// <summary>For each channel, the standard deviation over all training pixels.</summary>
    public ImmutableArray<float> Deviations { get; }

    /// <summary>The shape of the normalised image.</summary>
    public Shape Normalized => new(Dimensions.AsSpan());

    /// <summary>What a space's blocks are given for an input.</summary>
    internal static Shape Normalize(Shape input) => input is ImageShape image ? image.Normalized : input;

    /// <inheritdoc/>
    public bool Equals(ImageShape? other) =>
        other is not null && Dimensions.SequenceEqual(other.Dimensions) && Means.SequenceEqual(other.Means) && Deviations.SequenceEqual(other.Deviations);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
