using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Writes a row's columns into the members of an object.</summary>
internal sealed class ObjectWriter<TRow> where TRow : class
{
    private readonly List<(MemberColumn Member, DataViewSchema.Column Column)> _columns = [];

    public ObjectWriter(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        foreach (var member in MemberColumn.Bind(typeof(TRow), SchemaDefinition.Direction.Write, definition))
        {
            var column = schema.GetColumnOrNull(member.ColumnName);
            if (column is null && ignoreMissingColumns)
                continue;
            _columns.Add((member, Check(member, column ?? throw Contracts.MissingColumn("Schema", "", member.ColumnName))));
        }
    }

    public IEnumerable<DataViewSchema.Column> Columns => _columns.Select(pair => pair.Column);

    public Action<TRow>[] MakeSetters(DataViewRow input) => [.. _columns.Select(pair => MakeSetter(pair.Member, input, pair.Column))];

    private static DataViewSchema.Column Check(MemberColumn member, DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        var item = vector?.ItemType ?? column.Type;
        var fits = member.IsVector == vector is not null && item.RawType == (member.ItemType == typeof(string) ? typeof(ReadOnlyMemory<char>) : member.ItemType);
        return fits ? column : throw new InvalidOperationException(
            $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}' of type '{member.MemberType.FullName}'.");
    }

    private static Action<TRow> MakeSetter(MemberColumn member, DataViewRow input, DataViewSchema.Column column)
    {
        if (member.MemberType == typeof(string))
            return TextSetter(member, input.GetGetter<ReadOnlyMemory<char>>(column));
        if (member.MemberType == typeof(string[]))
            return TextArraySetter(member, input.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column));
        if (member.MemberType.IsArray)
            return Generic.Call<Action<TRow>>(ArraySetter<int>, member.ItemType, member, input, column);
        return member.IsVector
            ? Generic.Call<Action<TRow>>(BufferSetter<int>, member.ItemType, member, input, column)
            : Generic.Call<Action<TRow>>(ScalarSetter<int>, member.ItemType, member, input, column);
    }

    private static Action<TRow> ScalarSetter<T>(MemberColumn member, DataViewRow input, DataViewSchema.Column column)
    {
        var getter = input.GetGetter<T>(column);
        var set = MemberAccess.Setter<TRow, T>(member.Member);
        return row =>
        {
            T value = default;
            getter(ref value);
            set(row, value);
        };
    }

    private static Action<TRow> TextSetter(MemberColumn member, ValueGetter<ReadOnlyMemory<char>> getter)
    {
        var set = MemberAccess.Setter<TRow, string>(member.Member);
        return row =>
        {
            ReadOnlyMemory<char> value = default;
            getter(ref value);
            set(row, value.ToString());
        };
    }

    // An array of the right length that the object already has is filled in place.
    private static Action<TRow> ArraySetter<T>(MemberColumn member, DataViewRow input, DataViewSchema.Column column)
    {
        var getter = input.GetGetter<VBuffer<T>>(column);
        var read = Reader<T[]>(member);
        var set = MemberAccess.Setter<TRow, T[]>(member.Member);
        VBuffer<T> value = default;
        return row =>
        {
            getter(ref value);
            var array = read(row);
            if (array is null || array.Length != value.Length)
                array = new T[value.Length];
            value.CopyTo(array);
            set(row, array);
        };
    }

    private static Action<TRow> TextArraySetter(MemberColumn member, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter)
    {
        var set = MemberAccess.Setter<TRow, string[]>(member.Member);
        VBuffer<ReadOnlyMemory<char>> value = default;
        return row =>
        {
            getter(ref value);
            set(row, [.. value.DenseValues().Select(text => text.ToString())]);
        };
    }

    private static Action<TRow> BufferSetter<T>(MemberColumn member, DataViewRow input, DataViewSchema.Column column)
    {
        var getter = input.GetGetter<VBuffer<T>>(column);
        var read = Reader<VBuffer<T>>(member);
        var set = MemberAccess.Setter<TRow, VBuffer<T>>(member.Member);
        return row =>
        {
            var value = read(row);
            getter(ref value);
            set(row, value);
        };
    }

    private static Func<TRow, T> Reader<T>(MemberColumn member)
        => member.Member is PropertyInfo property && property.GetGetMethod() is null ? _ => default : MemberAccess.Getter<TRow, T>(member.Member);
}
