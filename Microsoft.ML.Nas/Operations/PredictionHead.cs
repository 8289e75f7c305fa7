using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// The last layer: a linear layer of its own for every ensemble member, <c>[members, features]</c> (or <c>[features]</c>, one member)
/// to <c>[members, outputs]</c>. Steps of a sequence, <c>[steps, features]</c> to <c>[steps, outputs]</c>, share one linear layer.
/// </summary>
/// <param name="Outputs">The number of values a member gives: logits or a standardised prediction.</param>
public sealed record PredictionHead(int Outputs) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        input is TableShape or TokenShape || input.Dimensions.Length > 2
            ? throw ShapeException.Wrong(this, input, "[features] or [members, features]")
            : input is SequenceShape ? input.WithFeatures(Outputs) : new(Members(input), Outputs);

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        return new(Members(input) * (input.Features + 1L) * Outputs, output.Count * input.Features, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => input is SequenceShape
        ? new LinearModule(input.Features, Outputs, isPadded: true)
        : new HeadModule(Members(input), input.Features, Outputs);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        if (module is LinearModule linear) return linear.Emit(graph, input);
        var head = (HeadModule)module;
        var (members, features, outputs) = head.Size;
        float[] weight = head.Weight.ToFloats(), bias = head.Bias.ToFloats();
        if (members == 1)
        {
            var flat = graph.Reshape(input, [0, features]);
            var product = graph.Add(graph.MatMul(flat, graph.Constant(weight, features, outputs)), graph.Constant(bias, outputs));
            return graph.Reshape(product, [0, 1, outputs]);
        }
        if (outputs == 1)
        {
            // Fewer nodes than a matrix product a member, which matters where one row is scored at a time.
            var products = graph.Mul(input, graph.Constant(weight, members, features));
            return graph.Add(graph.ReduceSum(products, axes: [2], keepDims: true), graph.Constant(bias, members, 1));
        }
        var byMember = graph.MatMul(graph.Transpose(input, [1, 0, 2]), graph.Constant(weight, members, features, outputs));
        return graph.Add(graph.Transpose(byMember, [1, 0, 2]), graph.Constant(bias, members, outputs));
    }

    private static int Members(Shape input) => input.Dimensions.Length == 2 && input is not SequenceShape ? input.Dimensions[0] : 1;

    internal sealed class HeadModule : Module<Tensor, Tensor>
    {
        private readonly Parameter weight;
        private readonly Parameter bias;

        public HeadModule(int members, int features, int outputs) : base(nameof(HeadModule))
        {
            Size = (members, features, outputs);
            var bound = 1 / Math.Sqrt(features);
            weight = Parameter(init.uniform_(empty(members, features, outputs), -bound, bound));
            bias = Parameter(init.uniform_(empty(members, outputs), -bound, bound));
            RegisterComponents();
        }

        public (int Members, int Features, int Outputs) Size { get; }

        public Tensor Weight => weight;

        public Tensor Bias => bias;

        /// <summary>Takes fewer members and narrower features too, with the first of its weights.</summary>
        public override Tensor forward(Tensor input)
        {
            ForwardProbe.Pooled(input = Autocast.Full(input));
            var byMember = input.dim() == 2 ? input.unsqueeze(0) : input.transpose(0, 1);
            var (members, features) = (byMember.shape[0], byMember.shape[2]);
            var (w, b) = members == Size.Members && features == Size.Features
                ? ((Tensor)weight, (Tensor)bias)
                : (weight.narrow(0, 0, members).narrow(1, 0, features), bias.narrow(0, 0, members));
            return ForwardProbe.Layer(Scalars.Sum(byMember.matmul(w).transpose(0, 1), b), w.shape[^2]);
        }
    }
}
