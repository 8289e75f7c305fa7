namespace Microsoft.ML.Nas;

/// <summary>How the classes of a classification weigh in the loss.</summary>
public enum ClassWeighting
{
    /// <summary>Every example weighs the same.</summary>
    None,

    /// <summary>A class weighs in inverse proportion to its share of the training rows, so that all classes weigh the same in sum.</summary>
    Balanced,
}
