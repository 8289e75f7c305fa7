using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>The statistics of batch normalisation, gathered from planes in any order and added up in one.</summary>
/// <param name="batch">The number of examples.</param>
/// <param name="channels">The number of channels.</param>
internal sealed unsafe class ChannelMoments(int batch, int channels)
{
    private const double Epsilon = 1e-5;
    private readonly float[] _means = new float[batch * channels];
    private readonly float[] _squares = new float[batch * channels];

    /// <summary>By channel.</summary>
    public float[] Mean { get; } = new float[channels];

    /// <summary>1 / √(variance + ε), by channel.</summary>
    public float[] Scale { get; } = new float[channels];

    /// <summary>Takes an example's planes.</summary>
    public void Add(int example, float* planes, int area, int plane)
    {
        for (var channel = 0; channel < channels; channel++, planes += plane)
        {
            var mean = PlaneKernels.Sum(planes, area) / area;
            _means[example * channels + channel] = mean;
            _squares[example * channels + channel] = PlaneKernels.CentredSquares(planes, mean, area);
        }
    }

    /// <summary>Computes mean and scale once all examples were added.</summary>
    public void Finish(int area)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            double mean = 0, squares = 0;
            for (var i = channel; i < _means.Length; i += channels) mean += _means[i];
            mean /= batch;
            for (var i = channel; i < _means.Length; i += channels) squares += _squares[i] + area * (_means[i] - mean) * (_means[i] - mean);
            Mean[channel] = (float)mean;
            Scale[channel] = (float)(1 / Math.Sqrt(squares / ((double)batch * area) + Epsilon));
        }
    }
}
