using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>Sends gradients back through a batch normalisation and the factor that its output is summed with.</summary>
/// <param name="batch">The number of examples.</param>
/// <param name="channels">The number of channels.</param>
/// <param name="moments">The normalisation; null where there is none and values are summed as they are.</param>
internal sealed unsafe class NormGradient(int batch, int channels, ChannelMoments? moments)
{
    private readonly float[] _gradientFactors = new float[channels];
    private readonly float[] _valueFactors = new float[channels];
    private readonly float[] _shifts = new float[channels];

    /// <summary>The sums of the gradients, <c>[batch, channels]</c>.</summary>
    public float[] Sums { get; } = new float[batch * channels];

    /// <summary>The sums of gradients times centred values, <c>[batch, channels]</c>.</summary>
    public float[] Dots { get; } = new float[batch * channels];

    /// <summary>The sum of all gradients times normalised values: the gradient of the factor.</summary>
    public double Total { get; private set; }

    /// <summary>Computes what each channel's gradient is made of, once all sums are known.</summary>
    /// <param name="gradientSums"><see cref="Sums"/>, or what stands for them.</param>
    /// <param name="factor">What normalised values are multiplied by.</param>
    /// <param name="area">The pixels of a plane.</param>
    public void Finish(float[] gradientSums, float factor, int area)
    {
        var count = (double)batch * area;
        for (var channel = 0; channel < channels; channel++)
        {
            double sum = 0, dot = 0;
            for (var i = channel; i < Dots.Length; i += channels) (sum, dot) = (sum + gradientSums[i], dot + Dots[i]);
            if (moments is null)
            {
                _gradientFactors[channel] = factor;
                Total += dot;
                continue;
            }
            double scale = moments.Scale[channel];
            Total += scale * dot;
            var (gradientFactor, valueFactor) = (factor * scale, -factor * scale * scale * scale * dot / count);
            _gradientFactors[channel] = (float)gradientFactor;
            _valueFactors[channel] = (float)valueFactor;
            _shifts[channel] = (float)(-gradientFactor * sum / count - valueFactor * moments.Mean[channel]);
        }
    }

    /// <summary>The gradient of an example's values, in scratch memory.</summary>
    public float* SendBack(float* gradient, int gradientPlane, float* values, int area, int plane, Scratch scratch)
    {
        var result = scratch.Get(ScratchPiece.OutputGradient, channels * plane);
        for (var channel = 0; channel < channels; channel++)
        {
            PlaneKernels.Combine(gradient + channel * gradientPlane, values + channel * plane,
                _gradientFactors[channel], _valueFactors[channel], _shifts[channel], area, plane, result + channel * plane);
        }
        return result;
    }
}
