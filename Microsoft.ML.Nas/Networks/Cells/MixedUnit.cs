using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>An option of an edge that computes something of its own: one or two convolution stages, or a pooling, and what is known of its outputs.</summary>
internal sealed class MixedUnit
{
    private MixedUnit(int option) => Option = option;

    /// <summary>Its place among the edge's options.</summary>
    public int Option { get; }

    public ConvolutionStage? First { get; private init; }

    /// <summary>The second stage of a separable convolution.</summary>
    public ConvolutionStage? Second { get; private init; }

    /// <summary>What a pooling looks at; null for convolutions.</summary>
    public Window? Pool { get; private init; }

    /// <summary>Of an average pooling, what a sum is multiplied by, <c>[output plane]</c> in pinned memory; null for the largest.</summary>
    public float[]? InverseCounts { get; private init; }

    /// <summary>Whether outputs are normalised over the batch.</summary>
    public bool IsNormalized { get; private init; } = true;

    /// <summary>How far an operation's windows reach beyond their middle; null for an operation that this cannot compute.</summary>
    public static int? ReachOf(Operation operation) => operation switch
    {
        SeparableConv2d separable => Window.Reach(separable.Kernel),
        DilatedConv2d dilated => Window.Reach(dilated.Kernel, dilated.Dilation),
        FactorizedReduction => 1,
        ReluConvBatchNorm { Kernel: 1, Stride: 1 } => 0,
        Pooling pooling and (MaxPool or AveragePool) when pooling.Kernel % 2 == 1 && pooling.Kernel != pooling.Stride => Window.Reach(pooling.Kernel),
        _ => null,
    };

    /// <summary>The stride of an operation that <see cref="ReachOf"/> knows.</summary>
    public static int StrideOf(Operation operation) => operation switch
    {
        SeparableConv2d separable => separable.Stride,
        DilatedConv2d dilated => dilated.Stride,
        FactorizedReduction => 2,
        Pooling pooling => pooling.Stride,
        _ => 1,
    };

    /// <summary>Lays out an operation that <see cref="ReachOf"/> knows.</summary>
    /// <param name="option">Its place among the edge's options.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="layout">Of the edge.</param>
    /// <param name="output">Of what a second stage reads.</param>
    /// <param name="channels">The number of input channels.</param>
    /// <param name="weights">Numbers the parameters.</param>
    public static MixedUnit Create(int option, Operation operation, PlaneLayout layout, PlaneLayout output, int channels, WeightMap weights) => operation switch
    {
        SeparableConv2d separable => new(option)
        {
            First = ConvolutionStage.Separable(layout, channels, channels, separable.Kernel, 1, weights),
            Second = ConvolutionStage.Separable(output, channels, separable.Channels, separable.Kernel, 1, weights),
        },
        DilatedConv2d dilated => new(option) { First = ConvolutionStage.Separable(layout, channels, dilated.Channels, dilated.Kernel, dilated.Dilation, weights) },
        FactorizedReduction reduction => new(option) { First = ConvolutionStage.Reduction(layout, channels, reduction.Channels, weights) },
        ReluConvBatchNorm pointwise => new(option) { First = ConvolutionStage.Pointwise(layout, channels, pointwise.Channels, weights) },
        Pooling pooling => new(option)
        {
            Pool = Window.Square(layout, pooling.Kernel),
            InverseCounts = pooling is AveragePool ? Counts(layout, pooling.Kernel) : null,
            IsNormalized = pooling.IsNormalizedInSupernet,
        },
        _ => throw new ArgumentException($"{operation.Name} has no form for cells.", nameof(operation)),
    };

    private static float[] Counts(PlaneLayout layout, int kernel)
    {
        var inverse = GC.AllocateArray<float>(layout.OutputPlane, pinned: true);
        for (var i = 0; i < layout.OutputArea; i++)
            inverse[i] = 1f / (Inside(i / layout.OutputWidth, layout.Height) * Inside(i % layout.OutputWidth, layout.Width));
        return inverse;

        int Inside(int window, int size)
        {
            var (middle, reach) = (window * layout.Stride, Window.Reach(kernel));
            return Math.Min(size - 1, middle + reach) - Math.Max(0, middle - reach) + 1;
        }
    }
}
