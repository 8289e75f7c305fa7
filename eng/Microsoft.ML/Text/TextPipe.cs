using System;

namespace Microsoft.ML.Data;

/// <summary>Holds a block's values of one column, and where in it the cursor stands.</summary>
internal abstract class TextPipe
{
    private protected TextPipe(TextColumn column) => Column = column;

    public TextColumn Column { get; }

    public bool IsReal => Column.ItemType == NumberDataViewType.Single || Column.ItemType == NumberDataViewType.Double;

    public abstract Delegate Getter { get; }

    public static TextPipe Create(TextColumn column, TextFormat format, TextCursor cursor)
    {
        if (column.ItemType is TextDataViewType)
            return new TextPipe<ReadOnlyMemory<char>>(column, null, cursor);
        return Generic.Call<TextPipe>(
            Create<int>,
            column.ItemType.RawType,
            column,
            TextParsers.For(column.ItemType, format.DecimalMarker, format.EmptyIsMissing),
            cursor);
    }

    /// <summary>Sets all values to the default.</summary>
    public abstract void Clear();

    /// <returns>False where the text is not of the column's type.</returns>
    public abstract bool Set(int row, int slot, ReadOnlyMemory<char> text);

    private static TextPipe Create<T>(TextColumn column, Delegate parser, TextCursor cursor) => new TextPipe<T>(column, (TextParser<T>)parser, cursor);
}

internal sealed class TextPipe<T> : TextPipe
{
    private readonly TextParser<T> _parser;
    private readonly TextCursor _cursor;
    private readonly int _size;
    private readonly T[] _values;

    public TextPipe(TextColumn column, TextParser<T> parser, TextCursor cursor) : base(column)
    {
        _parser = parser;
        _cursor = cursor;
        _size = column.Fields.Count;
        _values = new T[TextCursor.BlockRows * _size];
    }

    public override Delegate Getter => Column.Type is VectorDataViewType ? (ValueGetter<VBuffer<T>>)GetVector : (ValueGetter<T>)Get;

    public override void Clear() => Array.Clear(_values);

    public override bool Set(int row, int slot, ReadOnlyMemory<char> text)
    {
        ref var value = ref _values[(row * _size) + slot];
        if (typeof(T) != typeof(ReadOnlyMemory<char>))
            return _parser(text.Span, out value);
        value = (T)(object)text;
        return true;
    }

    private void Get(ref T value) => value = _values[CurrentRow()];

    private void GetVector(ref VBuffer<T> value) => VBuffer<T>.Copy(_values, CurrentRow() * _size, ref value, _size);

    private int CurrentRow()
    {
        var row = _cursor.Row;
        return row >= 0 ? row : throw new InvalidOperationException(Rows.NoRow);
    }
}
