namespace Microsoft.ML.Nas.Spaces;

/// <summary>How the outputs of branches become one.</summary>
public enum Merge
{
    /// <summary>They are added; all have the same shape.</summary>
    Sum,

    /// <summary>They are joined along the channels; they may differ in those only.</summary>
    Concatenation,
}
