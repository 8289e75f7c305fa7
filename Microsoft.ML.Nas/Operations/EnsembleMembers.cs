using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Makes several members of one network: <c>[features]</c> to <c>[members, features]</c>, each member seeing the features under random
/// signs of its own that are trained on. All later weights are shared, and the head averages: the parameter-efficient
/// ensemble of TabM (Gorishniy 2024, "mini"), after BatchEnsemble (Wen 2020). One member sees the features as they are.
/// </summary>
/// <param name="Members">The number of members.</param>
public sealed record EnsembleMembers(Setting<int> Members) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        input is TableShape or TokenShape || input.Dimensions.Length != 1
            ? throw ShapeException.Wrong(this, input, "one vector of features")
            : new(Members.Value, input.Features);

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        return new(Members.Value > 1 ? output.Count : 0, Members.Value > 1 ? output.Count : 0, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new MembersModule(input.Features, Members.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var members = (MembersModule)module;
        var one = graph.Unsqueeze(input, axes: [1]);
        return members.Count == 1 ? one : graph.Mul(one, graph.Constant(members.Adapters.ToFloats(), members.Count, members.Features));
    }

    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticMembers(largestInput.Features, [.. Members.Values]);

    private sealed class MembersModule : Module<Tensor, Tensor>
    {
        private readonly Parameter? adapters;

        public MembersModule(int features, int count) : base(nameof(MembersModule))
        {
            (Features, Count) = (features, count);
            adapters = count > 1 ? Parameter(randint(0, 2, [count, features], dtype: ScalarType.Float32).mul_(Scalars.Held(2L)).sub_(Scalars.One)) : null;
            RegisterComponents();
        }

        public int Features { get; }

        public int Count { get; }

        public Tensor Adapters => adapters!;

        public override Tensor forward(Tensor input) => Forward(input, Count);

        public Tensor Forward(Tensor input, int count)
        {
            var one = input.unsqueeze(1);
            if (count == 1) return one;
            return one * adapters!.narrow(0, 0, count).narrow(1, 0, input.shape[^1]);
        }
    }

    private sealed class ElasticMembers : ElasticModule
    {
        private readonly int[] _counts;
        private readonly MembersModule _members;

        public ElasticMembers(int features, int[] counts) : base(nameof(ElasticMembers))
        {
            _counts = counts;
            _members = new MembersModule(features, counts.Max());
            register_module("members", _members);
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings) => settings[0].Weights is null
            ? _members.Forward(input, _counts[settings[0].Index])
            : throw new InvalidOperationException("The number of ensemble members cannot be mixed: it is a decision about regularization, so give it one option.");
    }
}
