namespace Microsoft.ML.Nas.Operations;

/// <summary>The ways to compute one convolution of images.</summary>
internal enum ConvolutionForm
{
    /// <summary>LibTorch's, with channels first in memory (NCHW).</summary>
    ChannelsFirst,

    /// <summary>LibTorch's, with channels last in memory (NHWC); the shape stays <c>[N, C, H, W]</c>.</summary>
    ChannelsLast,

    /// <summary>A depthwise convolution by <see cref="Kernels.DepthwiseFunction"/>, channels last.</summary>
    Direct,
}
