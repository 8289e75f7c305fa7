using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>How lines are cut into fields: the checked options of a text loader.</summary>
internal sealed class TextFormat
{
    private readonly bool[] _isSeparator = new bool[char.MaxValue + 1];

    public TextFormat(TextLoader.Options options)
    {
        if (options.AllowSparse)
            throw new NotSupportedException("AllowSparse = true: this build of Microsoft.ML reads dense rows only.");
        Contracts.CheckParam(options.Separators is { Length: > 0 }, nameof(options.Separators), "Must specify a separator");
        foreach (var separator in options.Separators)
        {
            Contracts.CheckParam(
                separator is '\t' or (>= ' ' and not '"' and not (>= '0' and <= '9')), "Separator", $"Illegal separator: '{separator}'");
            _isSeparator[separator] = true;
        }

        Contracts.CheckParam(
            options.DecimalMarker is '.' or ',',
            nameof(options.DecimalMarker),
            $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        Contracts.CheckParam(
            options.AllowQuoting || options.DecimalMarker != ',' || !IsSeparator(','),
            nameof(options.AllowQuoting),
            "Quoting must be allowed if decimal marker and separator are the ',' character.");
        Contracts.CheckParam(
            !IsSeparator(options.EscapeChar),
            nameof(options.EscapeChar),
            $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");
        Contracts.CheckParam(options.MaxRows is null or >= 0, nameof(options.MaxRows));
        Contracts.CheckParam(options.InputSize is null or >= 0, nameof(options.InputSize));

        Quoting = options.AllowQuoting;
        Escape = options.EscapeChar;
        DecimalMarker = options.DecimalMarker;
        TrimWhitespace = options.TrimWhitespace;
        Multiline = options.AllowQuoting && options.ReadMultilines;
        EmptyIsMissing = options.MissingRealsAsNaNs;
        SkipHeader = options.HasHeader && string.IsNullOrWhiteSpace(options.HeaderFile);
        MaxRows = options.MaxRows ?? long.MaxValue;
        InputSize = options.InputSize ?? 0;
        SpaceSeparates = IsSeparator(' ');
    }

    public bool Quoting { get; }

    public char Escape { get; }

    public char DecimalMarker { get; }

    /// <summary>White space at the end of a line is dropped.</summary>
    public bool TrimWhitespace { get; }

    /// <summary>A quoted field may hold line breaks.</summary>
    public bool Multiline { get; }

    /// <summary>An empty field is read as a value: NaN for reals.</summary>
    public bool EmptyIsMissing { get; }

    public bool SkipHeader { get; }

    public long MaxRows { get; }

    /// <summary>Fields beyond this count are not read; 0 for no limit.</summary>
    public int InputSize { get; }

    public bool SpaceSeparates { get; }

    public bool IsSeparator(char c) => _isSeparator[c];

    /// <summary>Leading lines that are neither header nor data: empty ones and comments.</summary>
    public static bool IsPreamble(ReadOnlySpan<char> line) => line.IsEmpty || line[0] == '#' || IsComment(line);

    public static bool IsComment(ReadOnlySpan<char> line) => line.Length >= 2 && line[0] == '/' && line[1] == '/';

    /// <summary>All fields of one line, empty ones too.</summary>
    public List<ReadOnlyMemory<char>> Split(string line)
    {
        var fields = new List<ReadOnlyMemory<char>>();
        var buffer = (TrimWhitespace ? line.TrimEnd() : line).ToArray();
        var position = 0;
        for (var more = true; more; position++)
        {
            fields.Add(NextField(buffer, ref position, buffer.Length, out _));
            more = position < buffer.Length;
        }

        return fields;
    }

    /// <summary>Reads the field that starts at a position and leaves the position at the separator after it, or at the end.</summary>
    /// <param name="badQuoting">The field has a quote that is not closed, or text after its closing quote; it is read as empty.</param>
    public ReadOnlyMemory<char> NextField(char[] buffer, ref int position, int end, out bool badQuoting)
    {
        badQuoting = false;
        if (!SpaceSeparates)
            position = SkipSpaces(buffer, position, end);
        if (Quoting && position < end && buffer[position] == '"')
            return QuotedField.Read(this, buffer, ref position, end, out badQuoting);
        var start = position;
        position = SkipToSeparator(buffer, start, end);
        return new ReadOnlyMemory<char>(buffer, start, position - start);
    }

    private static int SkipSpaces(char[] buffer, int position, int end)
    {
        while (position < end && buffer[position] == ' ')
            position++;
        return position;
    }

    private int SkipToSeparator(char[] buffer, int position, int end)
    {
        var isSeparator = _isSeparator;
        while (position < end && !isSeparator[buffer[position]])
            position++;
        return position;
    }
}
