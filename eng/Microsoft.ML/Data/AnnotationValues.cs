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

        Generic.Call<object>(AddVectorOf<int>, vector.ItemType.RawType, builder, kind, type, value);
    }

    /// <summary>Adds a vector value; its arrays belong to whoever asks for it, so each caller gets a copy.</summary>
    public static void AddVector<T>(this DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, VBuffer<T> value)
        => builder.Add(kind, type, (ref VBuffer<T> destination) => value.CopyTo(ref destination));

    /// <summary>Adds the names of a vector's slots.</summary>
    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter)
        => builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), getter);

    private static object AddVectorOf<T>(DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, VBuffer<T> value)
    {
        builder.AddVector(kind, type, value);
        return null;
    }
}
