using System;

namespace Microsoft.ML.Data;

/// <summary>Applies a function to a scalar column, or to every item of a vector column.</summary>
internal static class ItemMap
{
    /// <summary>The type of a mapped column: the new item type in the shape of the source.</summary>
    public static DataViewType Reshape(DataViewType source, PrimitiveDataViewType itemType)
        => source is VectorDataViewType vector ? new VectorDataViewType(itemType, vector.Dimensions) : itemType;

    public static PrimitiveDataViewType ItemType(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)type;

    public static Delegate Getter<TIn, TOut>(DataViewRow row, DataViewSchema.Column source, Func<TIn, TOut> map)
        => source.Type is VectorDataViewType ? VectorGetter(row, source, map) : ScalarGetter(row, source, map);

    private static ValueGetter<TOut> ScalarGetter<TIn, TOut>(DataViewRow row, DataViewSchema.Column source, Func<TIn, TOut> map)
    {
        var getter = row.GetGetter<TIn>(source);
        TIn input = default;
        return (ref TOut value) =>
        {
            getter(ref input);
            value = map(input);
        };
    }

    private static ValueGetter<VBuffer<TOut>> VectorGetter<TIn, TOut>(DataViewRow row, DataViewSchema.Column source, Func<TIn, TOut> map)
    {
        var getter = row.GetGetter<VBuffer<TIn>>(source);
        VBuffer<TIn> input = default;
        return (ref VBuffer<TOut> value) =>
        {
            getter(ref input);
            var editor = VBufferEditor.Create(ref value, input.Length);
            if (!input.IsDense)
                editor.Values.Fill(map(default));
            var items = input.GetValues();
            var slots = input.GetIndices();
            for (var i = 0; i < items.Length; i++)
                editor.Values[slots.IsEmpty ? i : slots[i]] = map(items[i]);
            value = editor.Commit();
        };
    }
}
