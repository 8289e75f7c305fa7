using Microsoft.ML.Data;

namespace Microsoft.ML.Nas;

/// <summary>The place, in a batch of rows read ahead, of the row that a cursor stands on.</summary>
internal sealed class BatchPlace
{
    /// <summary>The place, whether on a row or not: -1 before the first.</summary>
    public int Value { get; set; } = -1;

    /// <summary>The place of the current row.</summary>
    /// <exception cref="InvalidOperationException">The cursor is on no row.</exception>
    public int Current => Value >= 0 ? Value : throw new InvalidOperationException("The cursor is on no row: call MoveNext, and stop where it returns false.");
}

/// <summary>
/// Keeps an input column's values of the rows that were read ahead, so that the output row shows its own and not the last one read.
/// </summary>
internal abstract class PassThrough
{
    /// <summary>Reads the input's current row into a place.</summary>
    public abstract void Save(int place);

    /// <summary>The getter, a <see cref="ValueGetter{TValue}"/> of the column's raw type, of the value at the current place.</summary>
    public abstract Delegate Getter(BatchPlace place);

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

    public override Delegate Getter(BatchPlace place) => (ValueGetter<T>)((ref T value) => value = _values[place.Current]);
}

internal sealed class VectorPassThrough<T>(DataViewRow row, DataViewSchema.Column column, int capacity) : PassThrough
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
    private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

    public override void Save(int place) => _getter(ref _values[place]);

    public override Delegate Getter(BatchPlace place) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[place.Current].CopyTo(ref value));
}
