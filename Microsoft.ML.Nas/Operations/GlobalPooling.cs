using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>One value for each channel of an image: <c>[C, H, W]</c> to <c>[C]</c>.</summary>
public abstract record GlobalPooling : Operation
{
    private protected GlobalPooling() { }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => new(ImageSize.Of(this, input).Channels);

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new PoolingModule(Pool);

    private protected abstract Tensor Pool(Tensor input);

    private sealed class PoolingModule(Func<Tensor, Tensor> pool) : Module<Tensor, Tensor>(nameof(PoolingModule))
    {
        public override Tensor forward(Tensor input) => pool(ForwardProbe.Pooled(input));
    }
}
