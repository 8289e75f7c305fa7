using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Data.Images;

/// <summary>Collects images, in the type that the column has.</summary>
internal static class ImageCollector
{
    /// <summary>Binds to a cursor whose image column is active.</summary>
    public static RowCollector Create(DataViewRow cursor, ColumnPlan plan) => plan.Features[0].RawType == typeof(byte)
        ? new ImageCollector<byte>(cursor, plan)
        : new ImageCollector<float>(cursor, plan);
}

/// <inheritdoc cref="ImageCollector"/>
internal sealed class ImageCollector<T> : RowCollector where T : unmanaged, INumberBase<T>
{
    private readonly ColumnPlan _plan;
    private readonly FeatureColumn _column;
    private readonly ImageSize _size;
    private readonly ValueGetter<VBuffer<T>> _getter;
    private VBuffer<T> _image;
    private T[] _pixels = [];
    private int _count;

    public ImageCollector(DataViewRow cursor, ColumnPlan plan)
    {
        _plan = plan;
        _column = plan.Features[0];
        _size = ImageColumn.SizeOf(_column);
        _getter = cursor.GetGetter<VBuffer<T>>(cursor.Schema[_column.Name]);
    }

    public override void Append(int row)
    {
        _getter(ref _image);
        VectorLength.Check(_image.Length, _column);
        if (_pixels.Length - _count < _column.Size) Grow();
        var target = _pixels.AsSpan(_count, _column.Size);
        _image.CopyTo(target);
        foreach (var pixel in target)
            if (!T.IsFinite(pixel))
                throw new TrainingDataException(_column.Name, $"The image column '{_column.Name}' has the pixel {pixel} in row {row}. Training values must be finite; filter or repair such rows.");
        _count += _column.Size;
    }

    public override RawRows Finish(float[] labels, float[]? weights)
    {
        Array.Resize(ref _pixels, _count);
        return new RawImages<T>(_plan, _size, _pixels, labels, weights);
    }

    private void Grow()
    {
        if (_count > Array.MaxLength - _column.Size)
            throw new TrainingDataException(_column.Name, $"The image column '{_column.Name}' has more than {Array.MaxLength:N0} pixels in all, more than fit into memory; train on fewer rows or smaller images.");
        Array.Resize(ref _pixels, (int)Math.Min(Array.MaxLength, Math.Max(2L * _pixels.Length, 64L * _column.Size)));
    }
}
