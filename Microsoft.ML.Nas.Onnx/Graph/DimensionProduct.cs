using System.Globalization;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>A product of dimensions: a number, symbols, and whether something unknown is in it.</summary>
internal readonly struct DimensionProduct
{
    private DimensionProduct(long number, string[] symbols, bool isKnown)
    {
        Number = number;
        Symbols = symbols;
        IsKnown = isKnown;
    }

    /// <summary>The product of the fixed dimensions.</summary>
    public long Number { get; }

    /// <summary>The symbols, each as often as it appears.</summary>
    public string[] Symbols { get; }

    /// <summary>False when an unknown dimension is among them.</summary>
    public bool IsKnown { get; }

    public static DimensionProduct Of(ReadOnlySpan<Dimension> dimensions)
    {
        long number = 1;
        var symbols = new List<string>();
        bool isKnown = true;
        foreach (var dimension in dimensions)
        {
            if (dimension.Size is { } size)
                number = checked(number * size);
            else if (dimension.Symbol is { } symbol)
                symbols.Add(symbol);
            else
                isKnown = false;
        }

        return new(number, [.. symbols], isKnown);
    }

    /// <summary>The product as one dimension; unknown where it is neither a number nor a symbol alone.</summary>
    public Dimension ToDimension() =>
        Number == 0 ? 0
        : !IsKnown ? Dimension.Unknown
        : Symbols.Length == 0 ? Number
        : Symbols.Length == 1 && Number == 1 ? Symbols[0]
        : Dimension.Unknown;

    /// <summary>This product divided by another, where that can be told; unknown where it cannot, null where it leaves a remainder.</summary>
    public Dimension? DividedBy(DimensionProduct divisor)
    {
        var left = Symbols.ToList();
        if (!IsKnown || !divisor.IsKnown || divisor.Number == 0 || !divisor.Symbols.All(left.Remove))
            return Dimension.Unknown;
        if (Number % divisor.Number != 0)
            return left.Count == 0 ? default(Dimension?) : Dimension.Unknown;
        return new DimensionProduct(Number / divisor.Number, [.. left], true).ToDimension();
    }

    public override string ToString() =>
        string.Join("·", Symbols.Prepend(Number.ToString(CultureInfo.InvariantCulture)).Concat(IsKnown ? [] : ["?"]));
}
