namespace Microsoft.ML.Nas.Onnx;

/// <summary>
/// One dimension of a shape: a fixed size, a symbol that stands for the same size wherever it appears (a batch's <c>"N"</c>),
/// or unknown until the graph runs (the default value).
/// </summary>
public readonly record struct Dimension
{
    private Dimension(long? size, string? symbol)
    {
        Size = size;
        Symbol = symbol;
    }

    /// <summary>A dimension nothing is known about.</summary>
    public static Dimension Unknown => default;

    /// <summary>The size, or null when it is known only when the graph runs.</summary>
    public long? Size { get; }

    /// <summary>The symbol, or null for a fixed or unknown dimension.</summary>
    public string? Symbol { get; }

    /// <summary>True when neither a size nor a symbol is known.</summary>
    public bool IsUnknown => Size is null && Symbol is null;

    /// <summary>A fixed dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public static Dimension Fixed(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new(size, null);
    }

    /// <summary>A symbolic dimension.</summary>
    /// <exception cref="ArgumentException"><paramref name="symbol"/> is null or blank.</exception>
    public static Dimension Symbolic(string symbol)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        return new(null, symbol);
    }

    /// <summary>A fixed dimension, as <see cref="Fixed"/>.</summary>
    public static implicit operator Dimension(long size) => Fixed(size);

    /// <summary>A symbolic dimension, as <see cref="Symbolic"/>.</summary>
    public static implicit operator Dimension(string symbol) => Symbolic(symbol);

    /// <summary>The size, the symbol, or <c>?</c>.</summary>
    public override string ToString() => Size?.ToString() ?? Symbol ?? "?";

    /// <summary>An element of a shape tensor, which unlike a dimension may be -1.</summary>
    internal static Dimension Element(long value) => new(value, null);

    /// <summary>The dimension that both are, when one tensor flows where both are stated; null when they contradict each other.</summary>
    internal static Dimension? Merge(Dimension left, Dimension right) =>
        left == right || right.IsUnknown ? left
        : left.IsUnknown ? right
        : left.Size is null ? (right.Size is null ? left : right)
        : right.Size is null ? left
        : default(Dimension?);

    /// <summary>The dimension that multidirectional broadcasting gives; null when the two do not broadcast.</summary>
    internal static Dimension? Broadcast(Dimension left, Dimension right)
    {
        if (left.Size == 1)
            return right;
        if (right.Size == 1 || left == right)
            return left;
        if (left.Size is not null && right.Size is not null)
            return null;
        // What is not fixed must turn out equal to the fixed one, or 1.
        return left.Size is not null ? left : right.Size is not null ? right : Unknown;
    }
}
