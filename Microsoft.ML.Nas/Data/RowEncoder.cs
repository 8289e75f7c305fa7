namespace Microsoft.ML.Nas.Data;

/// <summary>Encodes the row that a cursor stands on, without allocating. One encoder serves one row or cursor.</summary>
internal abstract class RowEncoder
{
    /// <summary>Encodes the current row into as many floats as the product of <see cref="InputEncoder.Dimensions"/>.</summary>
    public abstract void Encode(Span<float> encoded);
}
