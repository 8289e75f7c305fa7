using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// The recurrent cell of Zoph &amp; Le (2017), taken through the steps of a sequence: <c>[steps, features]</c> to <c>[steps, units]</c>. A binary tree whose leaves
/// each combine a linear map of the input with one of the last output, and whose other nodes combine the two nodes below them; the root is the output.
/// The last memory is combined into one node (<paramref name="InjectInto"/>, by <paramref name="Inject"/>), and the new memory is what a
/// node combined before its activation (<paramref name="MemoryFrom"/>). There are no biases.
/// </summary>
/// <remarks>In a supernet, everything is the weighted sum over its options. Weights start uniform in ±1/√inputs.</remarks>
/// <param name="Units">The number of features of every node.</param>
/// <param name="Tree">The nodes: leaves first, then level by level up to the root; one less than a power of two.</param>
/// <param name="Inject">How the memory is combined.</param>
/// <param name="InjectInto">The node whose value the memory changes.</param>
/// <param name="MemoryFrom">The node that gives the new memory.</param>
public sealed record NasRlRnnCell(int Units, SettingList<NasRlNode> Tree, Setting<NasRlNode> Inject, Setting<int> InjectInto, Setting<int> MemoryFrom) : Operation
{
    private int Leaves => (Tree.Count + 1) / 2;

    internal override bool HasOneShape => true;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (Units < 1) throw new ShapeException($"NasRlRnnCell's number of units must be positive; it is {Units}.");
        if (Tree.Count < 3 || !int.IsPow2(Tree.Count + 1)) throw new ShapeException($"NasRlRnnCell's tree must have 3, 7, 15, ... nodes; it has {Tree.Count}.");
        if (InjectInto.Values.Concat(MemoryFrom.Values).FirstOrDefault(node => node < 0 || node >= Tree.Count, -1) is >= 0 and var wrong)
            throw new ShapeException($"NasRlRnnCell has nodes 0 to {Tree.Count - 1}; a setting names node {wrong}.");
        return Steps(input).WithFeatures(Units);
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        var weights = (input.Features + Units) * (long)Leaves * Units;
        return new(weights, input.Dimensions[0] * weights, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new CellModule(Steps(input), Units, this);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((CellModule)module).Emit(graph, input);

    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticCell(largestInput, Units, this);

    /// <summary>The two nodes below an inner node.</summary>
    private (int Left, int Right) Below(int node) => (2 * (node - Leaves), 2 * (node - Leaves) + 1);

    private sealed class CellModule : Module<Tensor, Tensor>
    {
        private readonly bool _isPadded;
        private readonly int _units;
        private readonly NasRlRnnCell _cell;
        private readonly Parameter inputWeight;
        private readonly Parameter stateWeight;

        public CellModule(Shape input, int units, NasRlRnnCell cell) : base(nameof(CellModule))
        {
            (_isPadded, _units, _cell) = (input is SequenceShape, units, cell);
            var (inputBound, stateBound) = (1 / Math.Sqrt(input.Features), 1 / Math.Sqrt(units));
            inputWeight = Parameter(init.uniform_(empty(input.Features, cell.Leaves * units), -inputBound, inputBound));
            stateWeight = Parameter(init.uniform_(empty(units, cell.Leaves * units), -stateBound, stateBound));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => Forward(input, []);

        /// <param name="input"><c>[batch, steps, features]</c>.</param>
        /// <param name="settings">Options or weights for every setting, in declaration order; none where all are fixed.</param>
        public Tensor Forward(Tensor input, MixtureEntry[] settings)
        {
            var nodes = _cell.Tree.Count;
            MixtureEntry Entry(int setting) => settings.Length == 0 ? default : settings[setting];
            input = Autocast.Full(input);
            var projected = input.matmul(inputWeight.narrow(0, 0, input.shape[2]));
            var (output, memory) = (input.new_zeros(input.shape[0], _units), input.new_zeros(input.shape[0], _units));
            var outputs = new List<Tensor>();
            for (var step = 0L; step < input.shape[1]; step++)
            {
                var (inputs, recurrent) = (projected.select(1, step), output.matmul(stateWeight));
                var (combined, values) = (new Tensor[nodes], new Tensor[nodes]);
                for (var node = 0; node < nodes; node++)
                {
                    var (left, right) = node < _cell.Leaves
                        ? (inputs.narrow(1, node * _units, _units), recurrent.narrow(1, node * _units, _units))
                        : (values[_cell.Below(node).Left], values[_cell.Below(node).Right]);
                    (combined[node], values[node]) = Compute(_cell.Tree[node], Entry(node), left, right);
                    values[node] = InjectMemory(node, values[node], memory, Entry(nodes), Entry(nodes + 1));
                }
                output = values[^1];
                memory = Pick(_cell.MemoryFrom, Entry(nodes + 2), node => combined[node]);
                outputs.Add(output);
            }
            var result = stack(outputs, 1);
            return _isPadded ? SequencePadding.Keep(result, input) : result;
        }

        private Tensor InjectMemory(int node, Tensor value, Tensor memory, MixtureEntry how, MixtureEntry where)
        {
            var option = _cell.InjectInto.Values.IndexOf(node);
            if (option < 0 || (where.Weights is null && where.Index != option)) return value;
            var (_, injected) = Compute(_cell.Inject, how, value, memory);
            return where.Weights is { } weights ? Scalars.Sum(value, (injected - value) * weights.select(0, option)) : injected;
        }

        private static (Tensor Combined, Tensor Value) Compute(Setting<NasRlNode> setting, MixtureEntry entry, Tensor left, Tensor right)
        {
            if (entry.Weights is { } weights)
            {
                var (sum, product) = (Scalars.Sum(left, right), left * right);
                var options = setting.Values.Select((option, index) => (Combined: option.Combination == NasRlCombination.Add ? sum : product, option.Activation, Weight: weights.select(0, index))).ToArray();
                return (options.Select(static option => option.Combined * option.Weight).Aggregate(Scalars.Sum),
                    options.Select(static option => option.Activation.Apply(option.Combined) * option.Weight).Aggregate(Scalars.Sum));
            }
            var node = setting.Values[entry.Index];
            var combined = node.Combine(left, right);
            return (combined, node.Activation.Apply(combined));
        }

        private static Tensor Pick(Setting<int> setting, MixtureEntry entry, Func<int, Tensor> tensorOf) => entry.Weights is { } weights
            ? setting.Values.Select((node, index) => tensorOf(node) * weights.select(0, index)).Aggregate(Scalars.Sum)
            : tensorOf(setting.Values[entry.Index]);

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var projected = graph.Transpose(graph.MatMul(input, graph.Constant(inputWeight.ToFloats(), inputWeight.shape)), 1, 0, 2);
            var zeros = graph.Mul(graph.Slice(graph.Gather(projected, graph.Constant(0L)), axis: 1, start: 0, end: _units), graph.Constant(0f));
            var (outputs, _) = graph.Scan(projected, [zeros, zeros], EmitStep);
            var result = graph.Transpose(outputs, 1, 0, 2);
            return _isPadded ? SequencePadding.Keep(graph, result, input) : result;
        }

        private (GraphValue[] States, GraphValue Output) EmitStep(GraphBuilder body, GraphValue[] before, GraphValue step)
        {
            var nodes = _cell.Tree.Count;
            var recurrent = body.MatMul(before[0], body.Constant(stateWeight.ToFloats(), stateWeight.shape));
            GraphValue Leaf(GraphValue all, int leaf) => body.Slice(all, axis: 1, start: leaf * _units, end: (leaf + 1) * _units);
            GraphValue Combine(NasRlNode node, GraphValue left, GraphValue right) => node.Combination == NasRlCombination.Add ? body.Add(left, right) : body.Mul(left, right);

            var (combined, values) = (new GraphValue[nodes], new GraphValue[nodes]);
            for (var node = 0; node < nodes; node++)
            {
                var kind = _cell.Tree[node].Value;
                combined[node] = node < _cell.Leaves
                    ? Combine(kind, Leaf(step, node), Leaf(recurrent, node))
                    : Combine(kind, values[_cell.Below(node).Left], values[_cell.Below(node).Right]);
                values[node] = kind.Activation.Apply(body, combined[node]);
                if (_cell.InjectInto.Value == node)
                    values[node] = _cell.Inject.Value.Activation.Apply(body, Combine(_cell.Inject.Value, values[node], before[1]));
            }
            return ([values[^1], combined[_cell.MemoryFrom.Value]], values[^1]);
        }
    }

    private sealed class ElasticCell : ElasticModule
    {
        private readonly CellModule _module;

        public ElasticCell(Shape input, int units, NasRlRnnCell cell) : base(nameof(ElasticCell))
        {
            _module = new CellModule(input, units, cell);
            register_module("cell", _module);
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings) => _module.Forward(input, settings);
    }
}
