using System;

namespace Microsoft.ML.Data;

/// <summary>Values of one column for many rows.</summary>
internal abstract class RowBuffer
{
    public static RowBuffer Create(DataViewRow input, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? Generic.Call<RowBuffer>(CreateVector<int>, vector.ItemType.RawType, input, column)
        : Generic.Call<RowBuffer>(CreateScalar<int>, column.Type.RawType, input, column);

    public abstract void Resize(int rows);

    /// <summary>Stores the input's current value as a row's.</summary>
    public abstract void Fill(int row);

    /// <summary>A getter of the value of the row that a cursor stands on.</summary>
    public abstract Delegate Getter(RowPointer pointer);

    /// <summary>Lets go of the input that the values came from.</summary>
    public abstract void Detach();

    private static ScalarBuffer<T> CreateScalar<T>(DataViewRow input, DataViewSchema.Column column) => new(input.GetGetter<T>(column));

    private static VectorBuffer<T> CreateVector<T>(DataViewRow input, DataViewSchema.Column column) => new(input.GetGetter<VBuffer<T>>(column));
}

/// <summary>The buffered row that a cursor stands on, or -1.</summary>
internal sealed class RowPointer
{
    public int Row { get; set; } = -1;
}

internal sealed class ScalarBuffer<T>(ValueGetter<T> input) : RowBuffer
{
    private ValueGetter<T> _input = input;
    private T[] _values = [];

    public override void Resize(int rows) => Array.Resize(ref _values, rows);

    public override void Fill(int row) => _input(ref _values[row]);

    public override void Detach() => _input = null;

    public override Delegate Getter(RowPointer pointer) => (ValueGetter<T>)new Reader(_values, pointer).Get;

    private sealed class Reader(T[] values, RowPointer pointer)
    {
        public void Get(ref T value)
        {
            var row = pointer.Row;
            value = (uint)row < (uint)values.Length ? values[row] : throw new InvalidOperationException(Rows.NoRow);
        }
    }
}

internal sealed class VectorBuffer<T>(ValueGetter<VBuffer<T>> input) : RowBuffer
{
    private ValueGetter<VBuffer<T>> _input = input;
    private VBuffer<T>[] _values = [];

    public override void Resize(int rows) => Array.Resize(ref _values, rows);

    public override void Fill(int row) => _input(ref _values[row]);

    public override void Detach() => _input = null;

    public override Delegate Getter(RowPointer pointer) => (ValueGetter<VBuffer<T>>)new Reader(_values, pointer).Get;

    private sealed class Reader(VBuffer<T>[] values, RowPointer pointer)
    {
        public void Get(ref VBuffer<T> value)
        {
            var row = pointer.Row;
            if ((uint)row >= (uint)values.Length)
                throw new InvalidOperationException(Rows.NoRow);
            values[row].CopyTo(ref value);
        }
    }
}
