using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Data.Images;

/// <summary>Copies the pixels of the image that a cursor stands on.</summary>
internal sealed class ImageRowEncoder<T>(DataViewRow row, FeatureColumn column, ImageShape shape) : RowEncoder where T : unmanaged, INumberBase<T>
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(row.Schema[column.Name]);
    private readonly int _area = shape.Dimensions[1] * shape.Dimensions[2];
    private VBuffer<T> _image;

    /// <inheritdoc/>
    public override void Encode(Span<float> encoded)
    {
        _getter(ref _image);
        VectorLength.Check(_image.Length, column);
        var values = _image.GetValues();
        if (_image.IsDense)
        {
            for (var i = 0; i < values.Length; i++) encoded[i] = Pixel(values[i], i);
            return;
        }
        encoded.Clear();
        var indices = _image.GetIndices();
        for (var i = 0; i < values.Length; i++) encoded[indices[i]] = Pixel(values[i], indices[i]);
    }

    private float Pixel(T value, int place) => T.IsNaN(value) ? shape.Means[place / _area] : float.CreateTruncating(value);
}
