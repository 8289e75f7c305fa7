namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// A sequence of up to <see cref="Length"/> steps with features each: <c>[length, features]</c>. What comes after the last step that is not all zeros
/// is padding, in this and every other place where sequences of a batch differ in length.
/// </summary>
/// <remarks>
/// Operations on sequences keep padding at zero, and what they compute for the other steps does not depend on how much padding follows;
/// so a batch may also be shorter than <see cref="Length"/>. A <see cref="Shape"/> of two dimensions has no padding.
/// </remarks>
public sealed record SequenceShape : Shape
{
    /// <summary>Creates the shape of a sequence.</summary>
    /// <param name="length">The largest number of steps.</param>
    /// <param name="features">The number of features of a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public SequenceShape(int length, int features) : base(length, features) { }

    /// <summary>The largest number of steps.</summary>
    public int Length => Dimensions[0];

    /// <inheritdoc/>
    public override Shape WithFeatures(int features) => new SequenceShape(Length, features);
}
