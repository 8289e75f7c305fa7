namespace ServeOnnx;

/// <summary>The rows of one request.</summary>
/// <param name="Buffers">The values, a buffer for each input column.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="IsSingle">Whether the request was one object and not an array.</param>
internal sealed record ParsedRows(IReadOnlyList<InputBuffer> Buffers, int Count, bool IsSingle)
{
    public ParsedRows(IEnumerable<InputColumn> columns, int count, bool IsSingle)
        : this([.. columns.Select(column => column.CreateBuffer(count))], count, IsSingle)
    {
    }
}
