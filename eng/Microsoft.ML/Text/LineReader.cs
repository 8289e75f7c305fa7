using System;
using System.IO;

namespace Microsoft.ML.Data;

/// <summary>
/// Reads records, which are lines but for line breaks in quotes, from one source after another into large buffers.
/// Header, comments and empty lines are left out.
/// </summary>
/// <param name="keepBuffers">Buffers are not written again once filled, since values refer to them.</param>
internal sealed class LineReader(TextFormat format, IMultiStreamSource source, bool keepBuffers) : IDisposable
{
    // Below the large object heap's 85,000 bytes.
    private const int BufferSize = 1 << 15;

    private readonly bool _reuse = !keepBuffers;
    private char[] _buffer = new char[BufferSize];
    private TextReader _reader;
    private int _file;
    private int _next;
    private int _filled;
    private bool _endOfFile = true;
    private bool _pastPreamble;

    public char[] Buffer => _buffer;

    /// <summary>The record's bounds in the buffer.</summary>
    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>The record's last line, from 1.</summary>
    public long Line { get; private set; }

    public string Path => source.GetPathOrNull(_file - 1);

    public bool MoveNext()
    {
        while (ReadRecord())
        {
            var record = _buffer.AsSpan(Start, End - Start);
            if (_pastPreamble ? record.IsEmpty || TextFormat.IsComment(record) : TextFormat.IsPreamble(record))
                continue;
            var isHeader = !_pastPreamble && format.SkipHeader;
            _pastPreamble = true;
            if (!isHeader)
                return true;
        }

        return false;
    }

    public void Dispose() => _reader?.Dispose();

    private bool ReadRecord()
    {
        while (true)
        {
            var end = FindEnd();
            if (end >= 0 && (end < _filled || (_endOfFile && end > _next)))
            {
                Start = _next;
                End = end;
                _next = AfterBreak(end);
                Line++;
                return true;
            }

            if (!(_endOfFile ? OpenNext() : true))
                return false;
            Fill();
        }
    }

    // A carriage return at the end of what was read may be half of a line break, so it takes one more character to be sure of it.
    private int FindEnd()
    {
        var start = _next;
        while (true)
        {
            var length = _buffer.AsSpan(start, _filled - start).IndexOfAny('\n', '\r');
            var end = length < 0 ? _filled : start + length;
            if (end == _filled - 1 && _buffer[end] == '\r' && !_endOfFile)
                return -1;
            if (!format.Multiline || !IsOpenQuote(end, out var resume))
                return end;
            if (resume >= _filled)
            {
                return _endOfFile
                    ? throw new FormatException($"Stream reading encountered exception: a quoted field opened on line {Line + 1} was never closed.")
                    : -1;
            }

            start = resume;
        }
    }

    // Whether the record's last field has not ended where the line does; if so, looking for the end goes on after the closing quote.
    private bool IsOpenQuote(int end, out int resume)
    {
        resume = end;
        var position = _next;
        if (end <= position || TextFormat.IsComment(_buffer.AsSpan(position, end - position)))
            return false;
        while (position < end)
        {
            var field = position;
            while (!format.SpaceSeparates && field < end && _buffer[field] == ' ')
                field++;
            if (field < end && _buffer[field] == '"')
            {
                var close = QuotedField.Close(format, _buffer, field + 1, _filled, out _);
                resume = close < 0 ? _filled : close + 1;
                if (close < 0 || close >= end)
                    return true;
            }

            format.NextField(_buffer, ref position, end, out var bad);
            if (bad)
                return false;
            position++;
        }

        return false;
    }

    private int AfterBreak(int end)
    {
        if (end >= _filled)
            return _filled;
        return _buffer[end] == '\r' && end + 1 < _filled && _buffer[end + 1] == '\n' ? end + 2 : end + 1;
    }

    private bool OpenNext()
    {
        _reader?.Dispose();
        _reader = null;
        if (_file >= source.Count)
            return false;
        _reader = source.OpenTextReader(_file++);
        _endOfFile = false;
        _pastPreamble = false;
        _next = 0;
        _filled = 0;
        Line = 0;
        return true;
    }

    private void Fill()
    {
        var rest = _filled - _next;
        var isFull = rest > _buffer.Length / 2;
        var target = isFull ? new char[2 * _buffer.Length] : _reuse || _filled == 0 ? _buffer : new char[BufferSize];
        Array.Copy(_buffer, _next, target, 0, rest);
        _buffer = target;
        _next = 0;
        _filled = rest;
        var read = _reader.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        _endOfFile = read == 0;
    }
}
