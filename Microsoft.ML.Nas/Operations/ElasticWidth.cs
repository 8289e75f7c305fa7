using Microsoft.ML.Nas.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>An operation whose one setting is its width: narrower outputs are the first of the widest's, and mixed widths mask them.</summary>
internal sealed class ElasticWidth : ElasticModule
{
    private readonly int[] _widths;
    private readonly int _largest;
    private readonly Func<Tensor, int, Tensor> _forward;

    /// <param name="widest">The module with the weights of the largest width.</param>
    /// <param name="widths">The widths to choose from.</param>
    /// <param name="forward">Computes the first outputs of <paramref name="widest"/>, as many as are asked for.</param>
    public ElasticWidth(Module widest, IEnumerable<int> widths, Func<Tensor, int, Tensor> forward) : base(nameof(ElasticWidth))
    {
        _widths = [.. widths];
        (_largest, _forward) = (_widths.Max(), forward);
        register_module("widest", widest);
        register_buffer("masks", WidthMasks.Create(_widths));
    }

    public override Tensor forward(Tensor input, MixtureEntry[] settings) => settings[0].Weights is { } weights
        ? _forward(input, _largest) * matmul(weights, get_buffer("masks")!)
        : _forward(input, _widths[settings[0].Index]);
}
