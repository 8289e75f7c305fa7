using System;

namespace Microsoft.ML.Data;

/// <summary>Annotations with constant values.</summary>
internal static class AnnotationValues
{
    public static void Add<T>(this DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, T value)
    {
        if (type is not VectorDataViewType vector)
        {
            builder.Add(kind, type, (ref T destination) => destination = value);
            return;
        }

        // The arrays of a vector value belong to whoever asked for it, so each caller gets a copy.
        var add = ((Action<DataViewSchema.Annotations.Builder, string, DataViewType, VBuffer<int>>)AddVector).Method
            .GetGenericMethodDefinition().MakeGenericMethod(vector.ItemType.RawType);
        add.Invoke(null, [builder, kind, type, value]);
    }

    public static void AddVector<T>(this DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, VBuffer<T> value)
        => builder.Add(kind, type, (ref VBuffer<T> destination) => value.CopyTo(ref destination));

    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter)
        => builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), getter);
}
