using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// The recurrent cell of DARTS (Liu 2019), taken through the steps of a sequence: <c>[steps, features]</c> to <c>[steps, units]</c>.
/// State 0 mixes the input and the last output in a highway layer (Zilly 2017); every node is a highway layer with an activation of its own over one
/// earlier state, <c>s = s' + σ(s'Wc) ⊙ (f(s'Wh) − s')</c>; the output is the mean over the nodes. There are no biases.
/// </summary>
/// <remarks>
/// In a supernet, a node is the weighted sum over all its inputs and activations. Weights start uniform in ±1/√inputs. The batch normalisation that the
/// published search puts between nodes is left out: a supernet's path must compute what the cell alone computes.
/// </remarks>
/// <param name="Units">The number of features of every state.</param>
/// <param name="Nodes">What each node does; the n-th reads one of the states 0 to n - 1.</param>
public sealed record DartsRnnCell(int Units, SettingList<DartsRnnNode> Nodes) : Operation
{
    internal override bool HasOneShape => true;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (Units < 1) throw new ShapeException($"DartsRnnCell's number of units must be positive; it is {Units}.");
        if (Nodes.Count < 1) throw new ShapeException("DartsRnnCell needs at least one node.");
        for (var node = 0; node < Nodes.Count; node++)
            if (Nodes[node].Values.Any(value => value.Input < 0 || value.Input > node))
                throw new ShapeException($"Node {node + 1} of DartsRnnCell must read one of the states 0 to {node}; its setting is {Nodes[node]}.");
        return Steps(input).WithFeatures(Units);
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        var weights = (input.Features + Units + (long)Nodes.Count * Units) * 2 * Units;
        return new(weights, input.Dimensions[0] * weights, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new CellModule(Steps(input), Units, Nodes);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((CellModule)module).Emit(graph, input, Nodes.Values);

    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticCell(largestInput, Units, Nodes);

    private sealed class CellModule : Module<Tensor, Tensor>
    {
        private readonly bool _isPadded;
        private readonly int _units;
        private readonly SettingList<DartsRnnNode> _nodes;
        private readonly Parameter inputWeight;
        private readonly Parameter stateWeight;
        private readonly Parameter nodeWeights;

        public CellModule(Shape input, int units, SettingList<DartsRnnNode> nodes) : base(nameof(CellModule))
        {
            (_isPadded, _units, _nodes) = (input is SequenceShape, units, nodes);
            var first = 1 / Math.Sqrt(input.Features + units);
            var bound = 1 / Math.Sqrt(units);
            inputWeight = Parameter(init.uniform_(empty(input.Features, 2 * units), -first, first));
            stateWeight = Parameter(init.uniform_(empty(units, 2 * units), -first, first));
            nodeWeights = Parameter(init.uniform_(empty(nodes.Count, units, 2 * units), -bound, bound));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var values = _nodes.Values;
            return Forward(input, (node, states, weight) => Highway(states[values[node].Input], weight, values[node].Activation));
        }

        /// <param name="input"><c>[batch, steps, features]</c>.</param>
        /// <param name="compute">Gives a node's state from its number, all states before it, and its weights.</param>
        public Tensor Forward(Tensor input, Func<int, List<Tensor>, Tensor, Tensor> compute)
        {
            input = Autocast.Full(input);
            var projected = input.matmul(inputWeight.narrow(0, 0, input.shape[2]));
            var weights = nodeWeights.unbind();
            var output = input.new_zeros(input.shape[0], _units);
            var outputs = new List<Tensor>();
            for (var step = 0L; step < input.shape[1]; step++)
            {
                var states = new List<Tensor> { Gate(Scalars.Sum(projected.select(1, step), output.matmul(stateWeight)), output, RecurrentActivation.Tanh) };
                for (var node = 0; node < weights.Length; node++) states.Add(compute(node, states, weights[node]));
                output = stack(states[1..]).mean([0]);
                outputs.Add(output);
            }
            var result = stack(outputs, 1);
            return _isPadded ? SequencePadding.Keep(result, input) : result;
        }

        public static Tensor Highway(Tensor state, Tensor weight, RecurrentActivation activation) => Gate(state.matmul(weight), state, activation);

        public static Tensor Gate(Tensor projected, Tensor state, RecurrentActivation activation)
        {
            var units = state.shape[^1];
            return Scalars.Sum(state, projected.narrow(-1, 0, units).sigmoid() * (activation.Apply(projected.narrow(-1, units, units)) - state));
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input, IReadOnlyList<DartsRnnNode> nodes)
        {
            var projected = graph.Transpose(graph.MatMul(input, graph.Constant(inputWeight.ToFloats(), inputWeight.shape)), 1, 0, 2);
            var zeros = graph.Mul(graph.Slice(graph.Gather(projected, graph.Constant(0L)), axis: 1, start: 0, end: _units), graph.Constant(0f));
            var (outputs, _) = graph.Scan(projected, [zeros], (body, before, step) =>
            {
                GraphValue Highway(GraphValue inner, GraphValue state, RecurrentActivation activation)
                {
                    var candidate = activation.Apply(body, body.Slice(inner, axis: 1, start: _units, end: 2 * _units));
                    return body.Add(state, body.Mul(body.Sigmoid(body.Slice(inner, axis: 1, start: 0, end: _units)), body.Sub(candidate, state)));
                }

                var states = new List<GraphValue>
                {
                    Highway(body.Add(step, body.MatMul(before[0], body.Constant(stateWeight.ToFloats(), stateWeight.shape))), before[0], RecurrentActivation.Tanh),
                };
                for (var node = 0; node < nodes.Count; node++)
                {
                    var state = states[nodes[node].Input];
                    var weight = body.Constant(nodeWeights.select(0, node).ToFloats(), _units, 2 * _units);
                    states.Add(Highway(body.MatMul(state, weight), state, nodes[node].Activation));
                }
                var sum = states.Skip(1).Aggregate(body.Add);
                var output = body.Mul(sum, body.Constant(1f / nodes.Count));
                return ([output], output);
            });
            var result = graph.Transpose(outputs, 1, 0, 2);
            return _isPadded ? SequencePadding.Keep(graph, result, input) : result;
        }
    }

    private sealed class ElasticCell : ElasticModule
    {
        private readonly SettingList<DartsRnnNode> _nodes;
        private readonly CellModule _cell;

        public ElasticCell(Shape input, int units, SettingList<DartsRnnNode> nodes) : base(nameof(ElasticCell))
        {
            _nodes = nodes;
            _cell = new CellModule(input, units, nodes);
            register_module("cell", _cell);
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings) => _cell.Forward(input, (node, states, weight) =>
        {
            var options = _nodes[node].Values;
            if (settings[node].Weights is not { } weights)
                return CellModule.Highway(states[options[settings[node].Index].Input], weight, options[settings[node].Index].Activation);
            // One product serves all options that read a state.
            Tensor? sum = null;
            foreach (var group in options.Index().GroupBy(static option => option.Item.Input))
            {
                var projected = states[group.Key].matmul(weight);
                foreach (var (option, value) in group)
                {
                    var term = CellModule.Gate(projected, states[group.Key], value.Activation) * weights.select(0, option);
                    sum = sum is null ? term : Scalars.Sum(sum, term);
                }
            }
            return sum!;
        });
    }
}
