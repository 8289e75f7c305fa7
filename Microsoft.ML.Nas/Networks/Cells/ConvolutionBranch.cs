using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>A depthwise convolution and a pointwise one that give some of a stage's channels.</summary>
/// <param name="Window">The depthwise convolution's.</param>
/// <param name="Depthwise">Its weights; null for ones that are not learned.</param>
/// <param name="Pointwise">The pointwise convolution's weights, <c>[outputs, inputs]</c>.</param>
/// <param name="First">Its first output channel.</param>
/// <param name="Outputs">How many it gives.</param>
internal sealed record ConvolutionBranch(Window Window, WeightSlot? Depthwise, WeightSlot Pointwise, int First, int Outputs);
