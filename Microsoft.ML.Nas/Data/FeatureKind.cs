namespace Microsoft.ML.Nas.Data;

/// <summary>How a feature column is encoded.</summary>
internal enum FeatureKind
{
    /// <summary>Any numeric type: a standardised number, NaN is missing.</summary>
    Number,

    /// <summary>Boolean: the number 0 or 1.</summary>
    Boolean,

    /// <summary>Text: a category, empty is missing.</summary>
    Text,

    /// <summary>A key: a category, 0 is missing.</summary>
    Key,
}
