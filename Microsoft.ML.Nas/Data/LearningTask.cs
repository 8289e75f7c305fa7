namespace Microsoft.ML.Nas;

/// <summary>What is learned from the label column.</summary>
public enum LearningTask
{
    /// <summary>Two classes: a bool label, or a key label of exactly two values (the second is the positive class).</summary>
    BinaryClassification,

    /// <summary>Several classes: a key label.</summary>
    MulticlassClassification,

    /// <summary>A number: a Single label.</summary>
    Regression,

    /// <summary>
    /// A class for every token of a text, such as its part of speech or the entity that it belongs to: the label is a vector of keys, one a token. The texts come best as vectors of
    /// Text, one a token, so that it is known what a label belongs to; a Text is split as <see cref="TextOptions.Tokenize"/> does.
    /// </summary>
    SequenceLabeling,
}
