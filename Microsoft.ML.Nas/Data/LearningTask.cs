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
}
