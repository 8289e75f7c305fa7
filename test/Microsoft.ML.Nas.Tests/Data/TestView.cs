using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Tests.Data;

/// <summary>A data view over arrays, one a column, of any type; it remembers which columns its cursors were asked for.</summary>
internal sealed class TestView : IDataView
{
    private readonly DataViewSchema.Builder _builder = new();
    private readonly List<Array> _columns = [];
    private DataViewSchema? _schema;

    public DataViewSchema Schema => _schema ??= _builder.ToSchema();

    public bool CanShuffle => false;

    public int Rows => _columns.Count == 0 ? 0 : _columns[0].Length;

    /// <summary>The names of the columns that the last cursor or set of cursors was asked for.</summary>
    public IReadOnlyList<string> LastAsked { get; private set; } = [];

    /// <summary>The greatest position that any cursor moved to.</summary>
    public long FurthestRow { get; private set; } = -1;

    public TestView Add<T>(string name, DataViewType type, T[] values, DataViewSchema.Annotations? annotations = null)
    {
        _builder.AddColumn(name, type, annotations);
        _columns.Add(values);
        return this;
    }

    public TestView Single(string name, params float[] values) => Add(name, NumberDataViewType.Single, values);

    public TestView Boolean(string name, params bool[] values) => Add(name, BooleanDataViewType.Instance, values);

    public TestView Text(string name, params string[] values) => Add(name, TextDataViewType.Instance, Array.ConvertAll(values, static value => value.AsMemory()));

    public TestView Key(string name, int count, uint[] values, string[]? keyValues = null) =>
        Add(name, new KeyDataViewType(typeof(uint), count), values, keyValues is null ? null : KeyValues(keyValues));

    public static DataViewSchema.Annotations KeyValues(params string[] values)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        var texts = Array.ConvertAll(values, static value => value.AsMemory());
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, texts.Length),
            (ref VBuffer<ReadOnlyMemory<char>> target) => new VBuffer<ReadOnlyMemory<char>>(texts.Length, texts).CopyTo(ref target));
        return annotations.ToAnnotations();
    }

    public long? GetRowCount() => Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, Ask(columnsNeeded), 0, Rows);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = Ask(columnsNeeded);
        return [.. Enumerable.Range(0, n).Select(part => new Cursor(this, active, Rows * part / n, Rows * (part + 1) / n))];
    }

    private bool[] Ask(IEnumerable<DataViewSchema.Column> columns)
    {
        var asked = columns.ToArray();
        LastAsked = [.. asked.Select(static column => column.Name)];
        return [.. Schema.Select(column => asked.Any(other => other.Index == column.Index))];
    }

    private sealed class Cursor(TestView view, bool[] active, int start, int end) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => start;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)Row, 7);

        public override bool MoveNext()
        {
            if (start + _position + 1 >= end)
            {
                _position = -1;
                return false;
            }
            _position++;
            view.FurthestRow = Math.Max(view.FurthestRow, Row);
            return true;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index]) throw new InvalidOperationException($"Column '{column.Name}' is not active.");
            return Getter((TValue[])view._columns[column.Index]);
        }

        private int Row => start + (int)_position;

        private ValueGetter<TValue> Getter<TValue>(TValue[] values) => (ref TValue value) => value = values[Row];
    }
}
