using System.Text.Json;

namespace ServeOnnx;

/// <summary>A request that cannot be scored, and why.</summary>
internal sealed class BadRequestException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int LongestText = 100;

    /// <summary>The row it is about, counted from 0.</summary>
    public int? Row { get; private init; }

    /// <summary>The column it is about.</summary>
    public string? Column { get; private init; }

    /// <summary>The offending value as JSON, its beginning if it is long; null where there is none.</summary>
    public string? Value { get; private init; }

    /// <summary>What would have been right.</summary>
    public string? Expected { get; private init; }

    /// <summary>The body is not what it should be.</summary>
    public static BadRequestException InBody(JsonElement body, string expected) =>
        new($"The body is {Text(body)}; expected {expected}.") { Value = Text(body), Expected = expected };

    /// <summary>A row is not what it should be.</summary>
    public static BadRequestException InRow(int row, JsonElement value, string expected) =>
        new($"Row {row} (the first is 0) is {Text(value)}; expected {expected}.") { Row = row, Value = Text(value), Expected = expected };

    /// <summary>A row has a column that it should not have.</summary>
    public static BadRequestException InColumn(int row, string column, JsonElement value, string problem, string expected)
    {
        column = Short(column);
        return new($"Row {row} (the first is 0), column '{column}': {problem} (its value is {Text(value)}); expected {expected}.")
        {
            Row = row,
            Column = column,
            Value = Text(value),
            Expected = expected,
        };
    }

    /// <summary>A value is not what it should be.</summary>
    /// <param name="row">Its row, counted from 0.</param>
    /// <param name="column">Its column.</param>
    /// <param name="value">The value; null where the row has none.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="element">Which element of a vector, counted from 0.</param>
    public static BadRequestException InValue(int row, string column, JsonElement? value, string expected, int? element = null)
    {
        string place = $"Row {row} (the first is 0), column '{column}'" + (element is null ? "" : $", element {element}");
        return new($"{place}: {(value is { } json ? $"the value is {Text(json)}" : "there is no value")}; expected {expected}.")
        {
            Row = row,
            Column = column,
            Value = value is null ? null : Text(value.Value),
            Expected = expected,
        };
    }

    private static string Text(JsonElement json) => Short(json.GetRawText());

    private static string Short(string text)
    {
        if (text.Length <= LongestText)
            return text;
        int length = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return text[..length] + "…";
    }
}
