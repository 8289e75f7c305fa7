using Microsoft.ML.Data;

namespace Microsoft.ML.Nas;

/// <summary>
/// Keeps an input column's values of the rows that were read ahead, so that the output row shows its own and not the last one read.
/// </summary>
internal abstract class PassThrough
{
    /// <summary>Reads the input's current row into a place.</summary>
    public abstract void Save(int place);

    /// <summary>The getter, a <see cref="ValueGetter{TValue}"/> of the column's raw type, of the value at the place that <paramref name="place"/> gives.</summary>
    public abstract Delegate Getter(Func<int> place);

    /// <summary>Binds to a column of a cursor, which must be active.</summary>
    public static PassThrough Create(DataViewRow row, DataViewSchema.Column column, int capacity)
    {
        var type = column.Type is VectorDataViewType vector
            ? typeof(VectorPassThrough<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(ScalarPassThrough<>).MakeGenericType(column.Type.RawType);
        return (PassThrough)Activator.CreateInstance(type, row, column, capacity)!;
    }
}

internal sealed class ScalarPassThrough<T>(DataViewRow row, DataViewSchema.Column column, int capacity) : PassThrough
{
    private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
    private readonly T[] _values = new T[capacity];

    public override void Save(int place)
    {
        // A getter may reuse or dispose the object it finds (an image, say), but that one was handed on.
        _values[place] = default!;
        _getter(ref _values[place]);
    }

    public override Delegate Getter(Func<int> place) => (ValueGetter<T>)((ref T value) => value = _values[place()]);
}

internal sealed class VectorPassThrough<T>(DataViewRow row, DataViewSchema.Column column, int capacity) : PassThrough
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
    private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

    public override void Save(int place) => _getter(ref _values[place]);

    public override Delegate Getter(Func<int> place) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[place()].CopyTo(ref value));
}
