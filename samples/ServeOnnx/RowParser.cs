using System.Text.Json;
using System.Text.Unicode;

namespace ServeOnnx;

/// <summary>Turns a request's body into the values of the model's input columns.</summary>
internal sealed class RowParser(IReadOnlyList<InputColumn> columns, int maxRows)
{
    private const string ExpectedBody = "a JSON array of row objects, or one row object";
    private const int MostColumnsListed = 50;

    private readonly Dictionary<string, int> _places = columns.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);

    /// <param name="body">JSON in UTF-8.</param>
    /// <exception cref="BadRequestException">The body is not rows of these columns.</exception>
    public ParsedRows Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw new BadRequestException($"The body is empty; expected {ExpectedBody}.");
        if (!Utf8.IsValid(body.Span))
            throw new BadRequestException("The body is not UTF-8, which JSON is written in.");

        try
        {
            using var document = JsonDocument.Parse(body);
            return Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new BadRequestException($"The body is not JSON: {e.Message}", e);
        }
    }

    private ParsedRows Parse(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object)
        {
            var single = new ParsedRows(columns, 1, IsSingle: true);
            ParseRow(single, 0, body);
            return single;
        }

        if (body.ValueKind != JsonValueKind.Array)
            throw BadRequestException.InBody(body, ExpectedBody);
        if (body.GetArrayLength() > maxRows)
            throw new BadRequestException($"The body has {body.GetArrayLength()} rows; expected at most {maxRows}. Send them in several requests, or start the service with a higher --max-rows.");

        var rows = new ParsedRows(columns, body.GetArrayLength(), IsSingle: false);
        foreach (var (row, value) in body.EnumerateArray().Index())
            ParseRow(rows, row, value);
        return rows;
    }

    private void ParseRow(ParsedRows rows, int row, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw BadRequestException.InRow(row, value, "an object with a property for each column");

        var given = new bool[columns.Count];
        foreach (var property in value.EnumerateObject())
        {
            string name = NameOf(row, property);
            if (!_places.TryGetValue(name, out int place))
                throw BadRequestException.InColumn(row, name, property.Value, "the model has no such column", $"only {Names()}");
            if (given[place])
                throw BadRequestException.InColumn(row, name, property.Value, "the column is there twice", "each column once");
            given[place] = true;
            rows.Buffers[place].Set(row, property.Value);
        }

        for (int place = 0; place < given.Length; place++)
        {
            if (!given[place])
                rows.Buffers[place].Set(row, null);
        }
    }

    private static string NameOf(int row, JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new BadRequestException($"Row {row} (the first is 0): a property's name has half a surrogate pair, which is not text.", e);
        }
    }

    private string Names() => columns.Count <= MostColumnsListed
        ? string.Join(", ", _places.Keys)
        : $"{string.Join(", ", _places.Keys.Take(MostColumnsListed))} and {columns.Count - MostColumnsListed} more (GET / lists them)";
}
