using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

internal static class SchemaShapeExtensions
{
    /// <summary>The shape with a column added, or put in the place of the one with its name.</summary>
    public static SchemaShape With(this SchemaShape shape, SchemaShape.Column added)
    {
        var columns = shape.ToList();
        var index = columns.FindIndex(column => column.Name == added.Name);
        if (index >= 0)
            columns[index] = added;
        else
            columns.Add(added);
        return new SchemaShape(columns);
    }

    public static SchemaShape.Column Find(this SchemaShape shape, string name)
        => Contracts.CheckValue(shape, "inputSchema").TryFindColumn(name, out var column)
            ? column
            : throw Contracts.MissingColumn("inputSchema", "input", name);

    public static bool HasSlotNames(this SchemaShape.Column column)
        => column.Kind == SchemaShape.Column.VectorKind.Vector
            && column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var names)
            && names is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false, ItemType: TextDataViewType };

    public static bool IsNormalized(this SchemaShape.Column column)
        => column.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out var flag)
            && flag is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false, ItemType: BooleanDataViewType };

    /// <summary>The annotations of a column that have one of some names.</summary>
    public static IEnumerable<SchemaShape.Column> AnnotationsNamed(this SchemaShape.Column column, params string[] kinds)
        => column.Annotations.Where(annotation => kinds.Contains(annotation.Name));
}
