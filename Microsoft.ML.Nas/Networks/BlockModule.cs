using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a tree without choices, which can write itself as ONNX nodes.</summary>
internal abstract class BlockModule(string name) : Module<Tensor, Tensor>(name)
{
    public abstract GraphValue Emit(GraphBuilder graph, GraphValue input);

    /// <summary>Creates modules with fresh weights for a tree.</summary>
    public static (BlockModule Module, Shape Output) Create(Block block, Shape input)
    {
        switch (block)
        {
            case Op op:
                return (new OperationModule(op.Operation, input), op.Operation.OutputShape(input));
            case Residual residual:
                var (body, same) = Create(residual.Body, input);
                return (new ResidualModule(body), same);
            case Chain chain:
                var modules = new List<BlockModule>();
                var shape = input;
                foreach (var child in chain.Blocks)
                {
                    var (module, next) = Create(child, shape);
                    modules.Add(module);
                    shape = next;
                }
                return (new ChainModule([.. modules]), shape);
            case Branches branches:
                var parallel = branches.Blocks.Select(branch => Create(branch, input)).ToArray();
                var merged = MergedShapes.Of(branches.Merge, [.. parallel.Select(static branch => branch.Output)], "A block of branches");
                return (new BranchesModule([.. parallel.Select(static branch => branch.Module)], branches.Merge, merged.ChannelAxis + 1), merged);
            case SkipConnections { Sources: not null } skip:
                return SkipModule.Create(skip, input);
            case Cell cell:
                var (single, joined) = CellModule.Create(cell, [input]);
                return (new SingleInputCell(single), joined);
            case CellStack stack:
                return CellStackModule.Create(stack, input);
            default:
                throw new ArgumentException($"A {block.GetType().Name} still has choices; resolve the space with a genotype first.", nameof(block));
        }
    }

    private sealed class OperationModule : BlockModule
    {
        private readonly Operation _operation;
        private readonly Module<Tensor, Tensor> _module;

        public OperationModule(Operation operation, Shape input) : base(operation.Name)
        {
            _operation = operation;
            _module = operation.CreateModule(input);
            register_module("operation", _module);
        }

        public override Tensor forward(Tensor input) => _module.call(Autocast.For(_operation, input));

        public override GraphValue Emit(GraphBuilder graph, GraphValue input) => _operation.Emit(graph, _module, input);
    }

    private sealed class SingleInputCell : BlockModule
    {
        private readonly CellModule _cell;

        public SingleInputCell(CellModule cell) : base(nameof(SingleInputCell)) => register_module("cell", _cell = cell);

        public override Tensor forward(Tensor input) => _cell.call([input]);

        public override GraphValue Emit(GraphBuilder graph, GraphValue input) => _cell.Emit(graph, [input]);
    }

    private sealed class BranchesModule : BlockModule
    {
        private readonly BlockModule[] _branches;
        private readonly Merge _merge;
        private readonly int _channelAxis;

        public BranchesModule(BlockModule[] branches, Merge merge, int channelAxis) : base(nameof(BranchesModule))
        {
            (_branches, _merge, _channelAxis) = (branches, merge, channelAxis);
            for (var i = 0; i < branches.Length; i++) register_module($"branch{i}", branches[i]);
        }

        public override Tensor forward(Tensor input)
        {
            var outputs = _branches.Select(branch => branch.call(input)).ToArray();
            return _merge == Merge.Sum ? outputs.Aggregate(Scalars.Sum) : cat(outputs, _channelAxis);
        }

        public override GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var outputs = _branches.Select(branch => branch.Emit(graph, input)).ToArray();
            return _merge == Merge.Sum ? outputs.Aggregate((left, right) => graph.Add(left, right)) : graph.Concat(_channelAxis, outputs);
        }
    }

    private sealed class ChainModule : BlockModule
    {
        private readonly BlockModule[] _modules;

        public ChainModule(BlockModule[] modules) : base(nameof(ChainModule))
        {
            _modules = modules;
            for (var i = 0; i < modules.Length; i++) register_module($"block{i}", modules[i]);
        }

        public override Tensor forward(Tensor input) => _modules.Aggregate(input, static (value, module) => module.call(value));

        public override GraphValue Emit(GraphBuilder graph, GraphValue input) => _modules.Aggregate(input, (value, module) => module.Emit(graph, value));
    }

    private sealed class ResidualModule : BlockModule
    {
        private readonly BlockModule _body;

        public ResidualModule(BlockModule body) : base(nameof(ResidualModule))
        {
            _body = body;
            register_module("body", body);
        }

        public override Tensor forward(Tensor input) => Scalars.Sum(input, _body.call(input));

        public override GraphValue Emit(GraphBuilder graph, GraphValue input) => graph.Add(input, _body.Emit(graph, input));
    }
}
