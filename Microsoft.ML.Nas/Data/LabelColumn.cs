namespace Microsoft.ML.Nas.Data;

/// <summary>The column that is learned.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="RawType">The .NET type of one value: bool, float, or a key's unsigned integer type.</param>
/// <param name="IsKey">Whether it is a key.</param>
/// <param name="Classes">The number of classes; 1 for a number, 0 for a key whose count is not known before fitting.</param>
internal sealed record LabelColumn(string Name, Type RawType, bool IsKey, int Classes)
{
    /// <summary>Whether a row holds a vector of them, one a token.</summary>
    public bool IsVector { get; init; }

    /// <summary>The entities that labels of tokens mark; null where they mark none.</summary>
    public EntityTags? Entities { get; init; }
}
