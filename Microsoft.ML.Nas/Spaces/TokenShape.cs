namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// A text as token ids: <c>[length]</c> whole numbers below <see cref="Vocabulary"/>. Id <see cref="Padding"/> fills up texts that are shorter,
/// id <see cref="Unknown"/> stands for every token that is not in the vocabulary.
/// </summary>
public sealed record TokenShape : Shape
{
    /// <summary>The id after the end of a text.</summary>
    public const int Padding = 0;

    /// <summary>The id of tokens that are not in the vocabulary.</summary>
    public const int Unknown = 1;

    /// <summary>Creates the shape of a text.</summary>
    /// <param name="length">The number of ids; longer texts are cut.</param>
    /// <param name="vocabulary">The number of different ids, padding and unknown included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive, or the vocabulary has no room for padding and unknown.</exception>
    public TokenShape(int length, int vocabulary) : base(length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(vocabulary, Unknown);
        Vocabulary = vocabulary;
    }

    /// <summary>The number of ids.</summary>
    public int Length => Dimensions[0];

    /// <summary>The number of different ids, padding and unknown included.</summary>
    public int Vocabulary { get; }

    /// <inheritdoc/>
    public bool Equals(TokenShape? other) => base.Equals(other) && Vocabulary == other.Vocabulary;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Vocabulary);
}
