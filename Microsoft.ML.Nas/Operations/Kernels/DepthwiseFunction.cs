using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>
/// A depthwise convolution with zero padding on the CPU as one operation of the autograd graph: takes a window, images
/// <c>[batch, height, width, channels]</c> and weights <c>[channels, 1, kernel height, kernel width]</c>, both contiguous.
/// </summary>
/// <remarks>
/// Results do not depend on the number of threads. Where gradients of gradients are wanted, LibTorch's convolution gives them.
/// </remarks>
internal sealed unsafe class DepthwiseFunction : autograd.SingleTensorFunction<DepthwiseFunction>
{
    /// <summary>The examples are dealt out to so many parts at most, whatever the number of threads, and the parts' sums added up in order.</summary>
    private const int MaxParts = 16;

    private const string Saved = "convolution";
    private static readonly ConcurrentDictionary<(long Height, long Width, ConvolutionWindow Window), ChannelsLastWindow> Windows = new();

    public override string Name => nameof(DepthwiseFunction);

    /// <summary>Convolves; the result's channels are last in memory.</summary>
    /// <param name="input">Float32 <c>[batch, channels, height, width]</c> on the CPU.</param>
    /// <param name="weight">Float32 <c>[channels, 1, kernel height, kernel width]</c>.</param>
    /// <param name="window">Kernel, strides and dilation.</param>
    public static Tensor Convolve(Tensor input, Tensor weight, ConvolutionWindow window)
    {
        using var scope = NewDisposeScope();
        // Pixels of a row are computed together: a single column is laid down.
        if (input.shape[3] == 1 && input.shape[2] > 1)
        {
            var along = new ConvolutionWindow(window.Width, window.Height, window.StrideX, window.StrideY, window.Dilation);
            return Convolve(input.transpose(2, 3), weight.transpose(2, 3), along).transpose(2, 3).MoveToOuterDisposeScope();
        }
        return apply(window, input.permute(0, 2, 3, 1).contiguous(), weight.contiguous()).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (window, input, weight) = ((ConvolutionWindow)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var shape = input.shape;
        var (batch, channels, plan) = ((int)shape[0], (int)shape[3], PlanOf(shape, window));
        var output = empty(batch, plan.OutputHeight, plan.OutputWidth, channels);
        float* from = TensorMemory.Of(input), weights = TensorMemory.Of(weight), to = TensorMemory.Of(output);
        Scratch.Run(batch, (example, scratch) =>
        {
            var pixels = scratch.Padded(ScratchPiece.PaddedInput, plan, plan.Size);
            foreach (var (first, count) in Blocks(channels))
            {
                var packed = Pack(weights, plan, first, count, isFlipped: false, scratch);
                ChannelsLastKernels.Spread(from + (long)example * plan.Height * plan.Width * channels + first, plan.Height, plan.Width, channels, count, plan, 1, 1, pixels);
                ChannelsLastKernels.Convolve(plan, packed, pixels, plan.OutputHeight, plan.OutputWidth, plan.StepY, plan.StepX,
                    to + (long)example * plan.OutputHeight * plan.OutputWidth * channels + first, channels, count);
            }
        });
        ctx.save_for_backward([input, weight]);
        ctx.save_data(Saved, (window, input.requires_grad, weight.requires_grad));
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (window, needsInput, needsWeight) = ((ConvolutionWindow, bool, bool))ctx.get_data(Saved);
        var saved = ctx.get_saved_variables();
        var (input, weight) = (saved[0], saved[1]);
        if (is_grad_enabled()) return Differentiable(window, input, weight, grad_output, needsInput, needsWeight);
        var inputGradient = needsInput ? empty_like(input) : null;
        var weightGradient = needsWeight ? empty_like(weight) : null;
        using (var gradient = grad_output.contiguous()) SendBack(PlanOf(input.shape, window), input, weight, gradient, inputGradient, weightGradient);
        foreach (var tensor in saved) tensor.Dispose();
        return [null!, inputGradient!, weightGradient!];
    }

    private static void SendBack(ChannelsLastWindow plan, Tensor input, Tensor weight, Tensor gradient, Tensor? inputGradient, Tensor? weightGradient)
    {
        var (batch, channels, taps, lanes) = ((int)input.shape[0], (int)input.shape[3], plan.Taps.Length, Vector<float>.Count);
        var parts = Math.Min(MaxParts, batch);
        var partSize = (channels + lanes - 1) / lanes * lanes * taps;
        var sums = weightGradient is null ? null : ArrayPool<float>.Shared.Rent(parts * partSize);
        float* images = TensorMemory.Of(input), weights = TensorMemory.Of(weight), gradients = TensorMemory.Of(gradient), toInput = inputGradient is null ? null : TensorMemory.Of(inputGradient);
        Scratch.Run(parts, (part, scratch) =>
        {
            float* pixels = scratch.Padded(ScratchPiece.PaddedInput, plan, plan.Size), middles = scratch.Padded(ScratchPiece.PaddedGradient, plan, plan.Size);
            var partSums = scratch.Zeros(ScratchPiece.WeightSums, partSize);
            for (var example = part * batch / parts; example < (part + 1) * batch / parts; example++)
            {
                foreach (var (first, count) in Blocks(channels))
                {
                    var at = (long)example * plan.Height * plan.Width * channels + first;
                    ChannelsLastKernels.Spread(gradients + (long)example * plan.OutputHeight * plan.OutputWidth * channels + first,
                        plan.OutputHeight, plan.OutputWidth, channels, count, plan, plan.StepY, plan.StepX, middles);
                    if (sums is not null)
                    {
                        ChannelsLastKernels.Spread(images + at, plan.Height, plan.Width, channels, count, plan, 1, 1, pixels);
                        ChannelsLastKernels.AddWeightGradient(plan, pixels, middles, partSums + first * taps);
                    }
                    if (toInput is not null)
                        ChannelsLastKernels.Convolve(plan, Pack(weights, plan, first, count, isFlipped: true, scratch), middles, plan.Height, plan.Width, 1, 1, toInput + at, channels, count);
                }
            }
            if (sums is not null) new ReadOnlySpan<float>(partSums, partSize).CopyTo(sums.AsSpan(part * partSize));
        });
        if (sums is null) return;
        var toWeight = TensorMemory.Of(weightGradient!);
        for (var channel = 0; channel < channels; channel++)
        {
            var first = channel / lanes * lanes;
            for (var tap = 0; tap < taps; tap++)
            {
                var sum = 0f;
                for (var part = 0; part < parts; part++) sum += sums[part * partSize + first * taps + tap * lanes + channel - first];
                toWeight[channel * taps + tap] = sum;
            }
        }
        ArrayPool<float>.Shared.Return(sums);
    }

    private static List<Tensor> Differentiable(ConvolutionWindow window, Tensor input, Tensor weight, Tensor gradient, bool needsInput, bool needsWeight)
    {
        var output = nn.functional.conv2d(input.permute(0, 3, 1, 2), weight, null, window.Strides, window.Padding, window.Dilations, weight.shape[0]).permute(0, 2, 3, 1);
        var gradients = autograd.grad([output], [.. needsInput ? [input] : Array.Empty<Tensor>(), .. needsWeight ? [weight] : Array.Empty<Tensor>()], [gradient], create_graph: true);
        return [null!, needsInput ? gradients[0] : null!, needsWeight ? gradients[^1] : null!];
    }

    private static ChannelsLastWindow PlanOf(long[] shape, ConvolutionWindow window) =>
        Windows.GetOrAdd((shape[1], shape[2], window), static key => new((int)key.Height, (int)key.Width, key.Window));

    /// <summary>The channels in vectors: the first of each and how many they are.</summary>
    private static IEnumerable<(int First, int Count)> Blocks(int channels)
    {
        for (var first = 0; first < channels; first += Vector<float>.Count) yield return (first, Math.Min(Vector<float>.Count, channels - first));
    }

    /// <summary>The weights of some channels, <c>[taps, vector]</c>; flipped for the way back.</summary>
    private static float* Pack(float* weights, ChannelsLastWindow plan, int first, int count, bool isFlipped, Scratch scratch)
    {
        var (taps, lanes) = (plan.Taps.Length, Vector<float>.Count);
        var packed = scratch.Get(ScratchPiece.Filtered, taps * lanes);
        for (var tap = 0; tap < taps; tap++)
        {
            for (var lane = 0; lane < lanes; lane++)
                packed[tap * lanes + lane] = lane < count ? weights[(first + lane) * taps + (isFlipped ? taps - 1 - tap : tap)] : 0;
        }
        return packed;
    }
}
