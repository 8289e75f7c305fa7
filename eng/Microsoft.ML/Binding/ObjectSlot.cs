using System;
using System.Linq;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>The row object that getters of its members read from.</summary>
internal sealed class ObjectSlot<TRow> where TRow : class
{
    public TRow Current { get; set; }

    private TRow Row => Current ?? throw new InvalidOperationException(Rows.NoRow);

    public Delegate[] Getters(MemberColumn[] columns, Func<int, bool> isActive)
        => [.. columns.Select((column, i) => isActive(i) ? Getter(column) : null)];

    private static VBuffer<T> Converted<TItem, T>(TItem[] items, VBuffer<T> value, Func<TItem, T> convert)
    {
        var editor = VBufferEditor.Create(ref value, items?.Length ?? 0);
        for (var i = 0; i < editor.Values.Length; i++)
            editor.Values[i] = convert(items[i]);
        return editor.Commit();
    }

    private Delegate Getter(MemberColumn column)
    {
        if (column.MemberType == typeof(string))
        {
            var get = MemberAccess.Getter<TRow, string>(column.Member);
            return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = get(Row).AsMemory());
        }

        if (column.MemberType == typeof(string[]))
        {
            var get = MemberAccess.Getter<TRow, string[]>(column.Member);
            return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value)
                => value = Converted(get(Row), value, text => text.AsMemory()));
        }

        if (column.MemberType.IsArray)
            return Generic.Call<Delegate>(ArrayGetter<int>, column.ItemType, this, column);
        if (column.IsVector)
            return Generic.Call<Delegate>(BufferGetter<int>, column.ItemType, this, column);
        return column.ColumnType is KeyDataViewType
            ? Generic.Call<Delegate>(KeyGetter<int>, column.ItemType, this, column)
            : Generic.Call<Delegate>(ScalarGetter<int>, column.ItemType, this, column);
    }

    private static ValueGetter<T> ScalarGetter<T>(ObjectSlot<TRow> slot, MemberColumn column)
    {
        var get = MemberAccess.Getter<TRow, T>(column.Member);
        return (ref T value) => value = get(slot.Row);
    }

    // Objects hold keys 0-based; one out of range is missing.
    private static ValueGetter<T> KeyGetter<T>(ObjectSlot<TRow> slot, MemberColumn column) where T : struct, IBinaryInteger<T>
    {
        var get = MemberAccess.Getter<TRow, T>(column.Member);
        var count = ((KeyDataViewType)column.ColumnType).Count;
        return (ref T value) =>
        {
            var key = get(slot.Row);
            value = ulong.CreateTruncating(key) < count ? key + T.One : T.Zero;
        };
    }

    private static ValueGetter<VBuffer<T>> ArrayGetter<T>(ObjectSlot<TRow> slot, MemberColumn column)
    {
        var get = MemberAccess.Getter<TRow, T[]>(column.Member);
        return (ref VBuffer<T> value) =>
        {
            var items = get(slot.Row);
            VBuffer<T>.Copy(items, 0, ref value, items?.Length ?? 0);
        };
    }

    private static ValueGetter<VBuffer<T>> BufferGetter<T>(ObjectSlot<TRow> slot, MemberColumn column)
    {
        var get = MemberAccess.Getter<TRow, VBuffer<T>>(column.Member);
        return (ref VBuffer<T> value) => get(slot.Row).CopyTo(ref value);
    }
}
