using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Data;

/// <summary>A column of the data that features are made of.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">How it is encoded.</param>
/// <param name="RawType">The .NET type of one value; a key's is its unsigned integer type.</param>
/// <param name="IsVector">Whether a row holds a vector of values.</param>
/// <param name="Size">The number of values in a row; 1 for a scalar, 0 where it is not known before fitting.</param>
internal sealed record FeatureColumn(string Name, FeatureKind Kind, Type RawType, bool IsVector, int Size)
{
    /// <summary>The dimensions of a vector, outermost first; one where it has no more, none where they are not known.</summary>
    public ImmutableArray<int> Dimensions { get; init; } = [];

    /// <summary>Whether rows may hold any number of values: the tokens of a text.</summary>
    public bool HasAnySize => IsVector && Size == 0;

    /// <summary>Whether its values become numbers; else they become category codes.</summary>
    public bool IsNumeric => Kind is FeatureKind.Number or FeatureKind.Boolean;

    /// <summary>What a message calls one of its values.</summary>
    public string SlotName(int slot) => IsVector ? $"{Name}[{slot}]" : Name;

    /// <summary>What a message calls its type.</summary>
    public string TypeName => ColumnInfo.Describe(RawType, Kind == FeatureKind.Key, IsVector, Size, Dimensions);
}
