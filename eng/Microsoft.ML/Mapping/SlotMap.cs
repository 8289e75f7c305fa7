using System;

namespace Microsoft.ML.Data;

/// <summary>Applies a function of slot and value to a Single or Double column, scalar or vector.</summary>
/// <remarks>The function must map 0 to 0 unless vectors are made dense first.</remarks>
internal static class SlotMap
{
    public static Delegate Getter(
        DataViewRow row, DataViewSchema.Column source, Func<int, float, float> single, Func<int, double, double> @double, bool densify = false)
    {
        var itemType = ItemMap.ItemType(source.Type);
        if (itemType == NumberDataViewType.Single)
            return Getter(row, source, single, densify);
        return itemType == NumberDataViewType.Double
            ? Getter(row, source, @double, densify)
            : throw Contracts.SchemaMismatch("inputSchema", "input", source.Name, "Single or Double", source.Type.ToString());
    }

    private static Delegate Getter<T>(DataViewRow row, DataViewSchema.Column source, Func<int, T, T> map, bool densify)
    {
        if (source.Type is not VectorDataViewType)
        {
            var scalars = row.GetGetter<T>(source);
            return (ValueGetter<T>)((ref T value) =>
            {
                scalars(ref value);
                value = map(0, value);
            });
        }

        var vectors = row.GetGetter<VBuffer<T>>(source);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            vectors(ref value);
            if (densify && !value.IsDense)
            {
                VBuffer<T> dense = default;
                value.CopyToDense(ref dense);
                value = dense;
            }

            var editor = VBufferEditor.CreateFromBuffer(ref value);
            var slots = value.GetIndices();
            for (var i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = map(slots.IsEmpty ? i : slots[i], editor.Values[i]);
            value = editor.Commit();
        });
    }
}
