using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Pooling over windows of an image: <c>[C, H, W]</c> to <c>[C, H / stride, W / stride]</c>, rounded up. What lies outside the image does not count.</summary>
/// <param name="Kernel">Height and width of the window: odd, or equal to the stride.</param>
public abstract record Pooling(int Kernel) : Operation
{
    /// <summary>The step between windows. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>
    /// Whether a supernet normalises the output over the batch, so that its size is that of other options' outputs, which are normalised
    /// (DARTS, Liu 2019). A network of its own does not. Default false, as in NAS-Bench-201.
    /// </summary>
    public bool IsNormalizedInSupernet { get; init; }

    /// <summary>Windows that lie side by side need no padding; others are padded to be centred.</summary>
    private protected long Padding => Kernel == Stride ? 0 : Kernel / 2;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var image = ImageSize.Of(this, input);
        ConvolutionWindow.CheckPositive(this, Kernel);
        ConvolutionWindow.CheckPositive(this, Stride);
        if (Kernel % 2 == 0 && Kernel != Stride)
            throw new ShapeException($"{Name}'s kernel must be odd or equal to its stride, so that windows can be centred; it is {Kernel} with stride {Stride}.");
        return new(image.Channels, (image.Height - 1) / Stride + 1, (image.Width - 1) / Stride + 1);
    }

    internal override Operation OnPartOfChannels(int parts) => this;

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new PoolingModule(Pool, norm: null);

    internal override Module<Tensor, Tensor> CreateSharedModule(Shape input) =>
        new PoolingModule(Pool, IsNormalizedInSupernet ? BatchNormModule.OfChannels(ImageSize.Of(this, input).Channels, affine: false) : null);

    private protected abstract Tensor Pool(Tensor input);

    private sealed class PoolingModule : Module<Tensor, Tensor>
    {
        private readonly Func<Tensor, Tensor> _pool;
        private readonly BatchNormModule? norm;

        public PoolingModule(Func<Tensor, Tensor> pool, BatchNormModule? norm) : base(nameof(PoolingModule))
        {
            _pool = pool;
            this.norm = norm;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => norm is null ? _pool(input) : norm.forward(_pool(input));
    }
}
