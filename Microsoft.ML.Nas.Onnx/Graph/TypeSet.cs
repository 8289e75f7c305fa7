namespace Microsoft.ML.Nas.Onnx;

/// <summary>The element types an operator's input may have, as ONNX's operator definitions constrain them.</summary>
internal readonly record struct TypeSet
{
    private readonly int _bits;

    private TypeSet(int bits) => _bits = bits;

    public static TypeSet Floating { get; } = Of(ElementType.Float16, ElementType.Float, ElementType.Double);

    public static TypeSet Signed { get; } = Floating | Of(ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64);

    public static TypeSet Unsigned { get; } = Of(ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64);

    public static TypeSet Numeric { get; } = Signed | Unsigned;

    /// <summary>What reductions, matrix products and cumulative sums take: no integers under 32 bits.</summary>
    public static TypeSet Wide { get; } = Floating | Of(ElementType.Int32, ElementType.Int64, ElementType.UInt32, ElementType.UInt64);

    public static TypeSet Indices { get; } = Of(ElementType.Int32, ElementType.Int64);

    public static TypeSet All { get; } = Numeric | Of(ElementType.Bool, ElementType.String);

    public static TypeSet Of(params ReadOnlySpan<ElementType> types)
    {
        int bits = 0;
        foreach (var type in types)
            bits |= 1 << (int)type;
        return new(bits);
    }

    public static TypeSet operator |(TypeSet left, TypeSet right) => new(left._bits | right._bits);

    public bool Contains(ElementType type) => (_bits >> (int)type & 1) != 0;

    public override string ToString() => string.Join(", ", Enum.GetValues<ElementType>().Where(Contains));
}
