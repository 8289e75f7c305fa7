using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data;

/// <summary>One visible column, as much of it as is known: a SchemaShape, unlike a DataViewSchema, knows no sizes and no key counts.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="RawType">The .NET type of one value.</param>
/// <param name="IsKey">Whether values are keys.</param>
/// <param name="KeyCount">The number of key values; null where it is not known or the column is no key.</param>
/// <param name="IsVector">Whether a row holds a vector.</param>
/// <param name="IsFixedSize">Whether all rows hold the same number of values.</param>
/// <param name="Size">The number of values in a row; 0 where it is not known.</param>
internal sealed record ColumnInfo(string Name, Type RawType, bool IsKey, ulong? KeyCount, bool IsVector, bool IsFixedSize, int Size)
{
    /// <summary>The dimensions of a vector, outermost first; one where it has no more, none where they are not known.</summary>
    public ImmutableArray<int> Dimensions { get; init; } = [];

    /// <summary>Whether a row holds an image: bytes or floats, <c>[channels, height, width]</c> or <c>[height, width]</c>.</summary>
    public bool IsImage => Kind == FeatureKind.Number && (RawType == typeof(byte) || RawType == typeof(float)) && Dimensions.Length is 2 or 3;

    public const string SupportedFeatureTypes =
        "Single, Double, SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Boolean, Text, Key, and vectors of these with a fixed size";

    private static readonly HashSet<Type> NumberTypes =
    [
        typeof(float), typeof(double), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint), typeof(long), typeof(ulong),
    ];

    /// <summary>How the column is encoded as a feature; null where its type is not supported.</summary>
    public FeatureKind? Kind =>
        !IsFixedSize ? null
        : IsKey ? FeatureKind.Key
        : RawType == typeof(bool) ? FeatureKind.Boolean
        : RawType == typeof(ReadOnlyMemory<char>) ? FeatureKind.Text
        : NumberTypes.Contains(RawType) ? FeatureKind.Number
        : null;

    /// <summary>What a message calls the column's type.</summary>
    public string TypeName => Describe(RawType, IsKey, IsVector, Size, Dimensions);

    /// <summary>The visible columns of a schema: where several share a name, only the last.</summary>
    public static IReadOnlyList<ColumnInfo> From(DataViewSchema schema) => [.. schema.Where(static column => !column.IsHidden).Select(From)];

    /// <summary>The columns of a schema shape.</summary>
    public static IReadOnlyList<ColumnInfo> From(SchemaShape shape) => [.. shape.Select(static column => new ColumnInfo(
        column.Name,
        column.ItemType.RawType,
        column.IsKey,
        null,
        column.Kind != SchemaShape.Column.VectorKind.Scalar,
        column.Kind != SchemaShape.Column.VectorKind.VariableVector,
        column.Kind == SchemaShape.Column.VectorKind.Scalar ? 1 : 0))];

    /// <summary>One column of a schema.</summary>
    public static ColumnInfo From(DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        DataViewType item = vector is null ? column.Type : vector.ItemType;
        var key = item as KeyDataViewType;
        return new(column.Name, item.RawType, key is not null, key?.Count, vector is not null, vector?.IsKnownSize ?? true, vector?.Size ?? 1)
        {
            Dimensions = vector?.Dimensions ?? [],
        };
    }

    /// <summary>A type in words, as in <c>Vector&lt;Single, 4&gt;</c> or <c>Vector&lt;Byte, 1×28×28&gt;</c>.</summary>
    public static string Describe(Type rawType, bool isKey, bool isVector, int size, ImmutableArray<int> dimensions)
    {
        var item = rawType == typeof(ReadOnlyMemory<char>) ? "Text" : rawType.Name;
        if (isKey) item = $"Key<{item}>";
        if (dimensions.Length > 1) return $"Vector<{item}, {string.Join('×', dimensions)}>";
        return !isVector ? item : size > 0 ? $"Vector<{item}, {size}>" : $"Vector<{item}>";
    }
}
