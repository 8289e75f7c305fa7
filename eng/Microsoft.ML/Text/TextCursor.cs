using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Parses the active columns of a block of rows at a time.</summary>
internal sealed class TextCursor : RowCursor
{
    public const int BlockRows = 64;

    private readonly TextFormat _format;
    private readonly DataViewSchema _schema;
    private readonly TextPipe[] _pipes;
    private readonly Delegate[] _getters;
    private readonly (TextPipe Pipe, int Slot)[][] _targets;
    private readonly LineReader _reader;
    private readonly ParseLog _log;
    private int _rows;
    private long _block = -1;

    public TextCursor(IHost host, TextFormat format, TextColumn[] columns, DataViewSchema schema, IMultiStreamSource source, bool[] active)
    {
        _format = format;
        _schema = schema;
        var pipes = columns.Select((column, i) => active[i] ? TextPipe.Create(column, format, this) : null).ToArray();
        _getters = [.. pipes.Select(pipe => pipe?.Getter)];
        _pipes = [.. pipes.Where(pipe => pipe is not null)];
        _targets = Targets(_pipes, format.InputSize);
        _reader = new LineReader(format, source, keepBuffers: _pipes.Any(pipe => pipe.Column.ItemType is TextDataViewType));
        _log = new ParseLog(host);
    }

    public override DataViewSchema Schema => _schema;

    public override long Batch => _block;

    /// <summary>The current row's index in the block.</summary>
    public int Row { get; private set; } = -1;

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Rows.Getter<TValue>(_getters, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckOnRow();
        value = new DataViewRowId((ulong)Position, 0);
    };

    protected override bool MoveNextCore()
    {
        if (++Row < _rows)
            return true;
        ParseBlock();
        Row = _rows > 0 ? 0 : -1;
        return _rows > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _rows >= 0)
        {
            _rows = -1;
            _reader.Dispose();
            _log.Dispose();
        }

        Row = -1;
        base.Dispose(disposing);
    }

    private static (TextPipe, int)[][] Targets(TextPipe[] pipes, int inputSize)
    {
        var targets = new List<(TextPipe, int)>[pipes.SelectMany(pipe => pipe.Column.Fields).Append(0).Max() + 1];
        foreach (var pipe in pipes)
        {
            for (var slot = 0; slot < pipe.Column.Fields.Count; slot++)
                (targets[pipe.Column.Fields[slot]] ??= []).Add((pipe, slot));
        }

        return [.. targets.Take(inputSize > 0 ? inputSize : targets.Length).Select(target => target?.ToArray())];
    }

    private void ParseBlock()
    {
        foreach (var pipe in _pipes)
            pipe.Clear();
        _block++;
        for (_rows = 0; _rows < BlockRows && _log.RowCount < _format.MaxRows && _reader.MoveNext(); _rows++)
        {
            ParseRow(_rows);
            _log.RowCount++;
        }
    }

    private void ParseRow(int row)
    {
        var buffer = _reader.Buffer;
        var position = _reader.Start;
        var end = _reader.End;
        while (_format.TrimWhitespace && end > position && char.IsWhiteSpace(buffer[end - 1]))
            end--;
        var field = 0;
        for (var more = true; more && field < _targets.Length; field++, position++)
        {
            var start = position;
            var text = _format.NextField(buffer, ref position, end, out var badQuoting);
            if (badQuoting)
                _log.BadQuoting(_reader.Path, _reader.Line, start - _reader.Start, position - _reader.Start);
            if (_targets[field] is { } targets && (text.Length > 0 || _format.EmptyIsMissing))
                Set(row, targets, text);
            more = position < end;
        }

        // A short line: its last reals are as good as empty.
        for (; _format.EmptyIsMissing && field < _targets.Length; field++)
        {
            foreach (var (pipe, slot) in _targets[field] ?? [])
            {
                if (pipe.IsReal)
                    pipe.Set(row, slot, default);
            }
        }
    }

    private void Set(int row, (TextPipe Pipe, int Slot)[] targets, ReadOnlyMemory<char> text)
    {
        foreach (var (pipe, slot) in targets)
        {
            if (pipe.Set(row, slot, text))
                continue;
            var column = pipe.Column;
            if (TextParsers.HasMissing(column.ItemType))
            {
                _log.BadValue(_reader.Line, column, slot);
                continue;
            }

            var where = column.Type is VectorDataViewType
                ? $"Could not parse value {text} in slot {slot} of column {column.Name} in line {_reader.Line}"
                : $"Could not parse value {text} in line {_reader.Line}, column {column.Name}";
            throw new FormatException($"Parsing failed with an exception: {where}", new InvalidOperationException(where));
        }
    }
}
