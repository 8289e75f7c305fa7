namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>Layer normalization (Ba 2016): zero mean and unit variance over <paramref name="axis"/> and the axes after it, then scaled and shifted.</summary>
    /// <param name="x">The values to normalize, of a floating type.</param>
    /// <param name="scale">Factor, which broadcasts to x.</param>
    /// <param name="bias">Shift, which broadcasts to x; null for none.</param>
    /// <param name="axis">First axis that is normalized.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public GraphValue LayerNormalization(GraphValue x, GraphValue scale, GraphValue? bias = null, int axis = -1, float epsilon = 1e-5f)
    {
        GraphValue?[] inputs = bias is null ? [x, scale] : [x, scale, bias];
        var node = Start("LayerNormalization", inputs).AcceptSame(TypeSet.Floating);
        int place = node.Axis(axis, x.Rank);
        ShapeRules.RequireBroadcastTo(node, scale.Shape, x.Shape);
        if (bias is not null)
            ShapeRules.RequireBroadcastTo(node, bias.Shape, x.Shape);
        return node.Attribute("axis", place).Attribute("epsilon", epsilon).Output(x.ElementType, x.Shape);
    }

    /// <summary>Batch normalization (Ioffe &amp; Szegedy 2015) with the statistics of training: (x - mean) / √(variance + epsilon) · scale + bias for each channel, dimension 1.</summary>
    /// <param name="x">[N, C, ...], of a floating type.</param>
    /// <param name="scale">[C].</param>
    /// <param name="bias">[C].</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public GraphValue BatchNormalization(GraphValue x, GraphValue scale, GraphValue bias, GraphValue mean, GraphValue variance, float epsilon = 1e-5f)
    {
        var node = Start("BatchNormalization", x, scale, bias, mean, variance).AcceptSame(TypeSet.Floating);
        if (x.Rank < 2)
            throw node.Error($"{x} has no channels", "Give it at least two dimensions, [N, C, ...]");
        var channels = x.Shape[1];
        ReadOnlySpan<GraphValue> parameters = [scale, bias, mean, variance];
        foreach (var parameter in parameters)
        {
            channels = Dimension.Merge(channels, node.Rank(parameter, 1) is not null ? parameter.Shape[0] : default)
                ?? throw node.Error($"{parameter} does not fit {channels} channels", "Give scale, bias, mean and variance one number a channel (dimension 1)");
        }

        return node.Attribute("epsilon", epsilon).Output(x.ElementType, x.Shape.With(1, channels));
    }

    /// <summary>Instance normalization (Ulyanov 2016): every channel of every example to zero mean and unit variance, then scaled and shifted.</summary>
    /// <param name="x">[N, C, ...], of a floating type.</param>
    /// <param name="scale">[C].</param>
    /// <param name="bias">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public GraphValue InstanceNormalization(GraphValue x, GraphValue scale, GraphValue bias, float epsilon = 1e-5f)
    {
        var node = Start("InstanceNormalization", x, scale, bias).AcceptSame(TypeSet.Floating).Rank(scale, 1).Rank(bias, 1);
        if (x.Rank < 3)
            throw node.Error($"{x} has nothing to normalize over", "Give it at least three dimensions, [N, C, ...]");
        if (Dimension.Merge(x.Shape[1], scale.Shape[0]) is null || Dimension.Merge(x.Shape[1], bias.Shape[0]) is null)
            throw node.Error($"scale {scale.Shape} and bias {bias.Shape} do not fit {x.Shape[1]} channels", "Give them one number a channel (dimension 1)");
        return node.Attribute("epsilon", epsilon).Output(x.ElementType, x.Shape);
    }
}
