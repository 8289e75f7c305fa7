using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>
/// All architectures of a space in one module that shares their weights: <c>[batch, input...]</c> and a mixture to <c>[batch, members, outputs]</c>.
/// </summary>
/// <remarks>Batch normalisation uses the batch's own statistics, while scoring too: running statistics of one path say nothing of another's.</remarks>
internal sealed class Supernet : Module<Tensor, Mixture, Tensor>
{
    private readonly Module<Tensor, Tensor>? _normalization;
    private readonly SuperModule _body;
    private readonly Module<Tensor, Tensor> _head;

    /// <summary>Creates a supernet with fresh weights from the default random generator.</summary>
    /// <param name="space">The space.</param>
    /// <param name="input">The shape of one example.</param>
    /// <param name="outputs">The number of values a member predicts.</param>
    /// <param name="channelParts">Choices work on one of so many parts of their channels, where they can; 1 for all (see <see cref="PartialChannels"/>).</param>
    public Supernet(SearchSpace space, Shape input, int outputs, int channelParts = 1) : base(nameof(Supernet))
    {
        Input = input;
        if (input is ImageShape image)
        {
            _normalization = new ImageNormalization().CreateModule(image);
            register_module("normalization", _normalization);
            input = image.Normalized;
        }
        (_body, var features) = SupernetBuilder.Create(channelParts == 1 ? space.Node : PartialChannels.Divide(space.Node, channelParts), input);
        _head = new PredictionHead(outputs).CreateModule(features);
        register_module("body", _body);
        register_module("head", _head);
        foreach (var norm in modules().OfType<BatchNormModule>()) norm.UsesBatchStatistics = true;
    }

    /// <summary>The shape of one example.</summary>
    public Shape Input { get; }

    public override Tensor forward(Tensor input, Mixture mixture)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Autocast.InFull(_head, _body.call(_normalization is null ? input : _normalization.call(input), mixture)));
    }
}
