using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Group normalisation of an image <c>[channels, height, width]</c> (Wu 2018): each group of channels over its pixels, one example at a time,
/// then a scale and a shift for each channel.
/// </summary>
/// <param name="Groups">The number of groups; the channels are a multiple of it.</param>
public sealed record GroupNorm(int Groups) : Operation
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var channels = ImageSize.Of(this, input).Channels;
        ConvolutionWindow.CheckPositive(this, Groups);
        return channels % Groups == 0 ? input : throw new ShapeException($"{Name}'s {channels} channels must be a multiple of its {Groups} groups.");
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(2L * ImageSize.Of(this, input).Channels, 2 * input.Count, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new GroupNormModule(ImageSize.Of(this, input).Channels, Groups);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var norm = (GroupNormModule)module;
        var grouped = graph.Reshape(input, [0, Groups, -1]);
        var ones = new float[Groups];
        Array.Fill(ones, 1f);
        var normalised = graph.InstanceNormalization(grouped, graph.Constant(ones, Groups), graph.Constant(new float[Groups], Groups), Epsilon);
        long[] shape = [norm.Channels, 1, 1];
        var image = graph.Reshape(normalised, [0, norm.Channels, input.Shape[2].Size!.Value, input.Shape[3].Size!.Value]);
        return graph.Add(graph.Mul(image, graph.Constant(norm.Weight.ToFloats(), shape)), graph.Constant(norm.Bias.ToFloats(), shape));
    }

    private sealed class GroupNormModule : Module<Tensor, Tensor>
    {
        private readonly int _groups;
        private readonly Parameter weight;
        private readonly Parameter bias;

        public GroupNormModule(int channels, int groups) : base(nameof(GroupNormModule))
        {
            (Channels, _groups) = (channels, groups);
            weight = Parameter(ones(channels));
            bias = Parameter(zeros(channels));
            RegisterComponents();
        }

        public int Channels { get; }

        public Tensor Weight => weight;

        public Tensor Bias => bias;

        /// <summary>Takes fewer channels too, with the first of its values.</summary>
        public override Tensor forward(Tensor input)
        {
            var channels = input.shape[1];
            return channels == Channels
                ? functional.group_norm(Autocast.Full(input), _groups, weight, bias, Epsilon)
                : functional.group_norm(Autocast.Full(input), _groups, weight.narrow(0, 0, channels), bias.narrow(0, 0, channels), Epsilon);
        }
    }
}
