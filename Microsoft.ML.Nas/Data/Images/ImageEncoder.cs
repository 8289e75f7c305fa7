using System.Collections.Immutable;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data.Images;

/// <summary>
/// Encodes images: an encoded row is the raw pixels, <c>[channels, height, width]</c>, which the network itself normalises with the
/// statistics of <see cref="Shape"/>. A pixel that is NaN while scoring counts as its channel's mean.
/// </summary>
internal sealed class ImageEncoder(ColumnPlan plan, ImageShape shape) : InputEncoder(plan)
{
    /// <inheritdoc/>
    public override ImageShape Shape { get; } = shape;

    /// <inheritdoc/>
    public override ImmutableArray<int> Dimensions => Shape.Dimensions;

    /// <inheritdoc/>
    public override Tensor Encode(RawRows rows, ReadOnlySpan<int> which) => ((RawImages)rows).Pixels(which);

    /// <inheritdoc/>
    public override RowEncoder CreateRowEncoder(DataViewRow row) => Plan.Features[0].RawType == typeof(byte)
        ? new ImageRowEncoder<byte>(row, Plan.Features[0], Shape)
        : new ImageRowEncoder<float>(row, Plan.Features[0], Shape);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph)
    {
        var column = Plan.Features[0];
        var image = graph.Input(column.Name, FeatureGraph.TypeOf(column.RawType), ["N", .. Dimensions.Select(static size => (Dimension)size)]);
        return image.ElementType == ElementType.Float
            ? graph.Where(graph.IsNaN(image), graph.Constant([.. Shape.Means], Shape.Means.Length, 1, 1), image)
            : graph.Cast(image, ElementType.Float);
    }

    /// <inheritdoc/>
    public override ModelDescription AddTo(ModelDescription description) => description with { Image = new([.. Shape.Means], [.. Shape.Deviations]) };
}
