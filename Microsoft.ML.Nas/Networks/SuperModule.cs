using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a part of a space: it holds the weights of all options and computes what a mixture says.</summary>
internal abstract class SuperModule(string name) : Module<Tensor, Mixture, Tensor>(name)
{
    /// <summary>The options of a choice; of anything else, itself.</summary>
    public virtual IReadOnlyList<SuperModule> Options => [this];

    /// <summary>Computes what the mixture says. Of what it computes on the way only what gradients need outlives it.</summary>
    public sealed override Tensor forward(Tensor input, Mixture mixture)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Compute(input, mixture));
    }

    private protected abstract Tensor Compute(Tensor input, Mixture mixture);

    /// <summary>Creates the modules of a node for inputs up to a largest shape.</summary>
    public static (SuperModule Module, Shape LargestOutput) Create(SpaceNode node, Shape input)
    {
        switch (node)
        {
            case OpNode op:
                return CreateOperation(op, input);
            case ResidualNode residual:
                var (body, _) = Create(residual.Body, input);
                return (new SuperResidual(body), input);
            case ChainNode chain:
                return CreateChain(chain, input);
            case ChoiceNode { Parts: > 1 } divided when SuperPartialChoice.TryCreate(divided, input) is { } partial:
                return partial;
            case ChoiceNode choice:
                var options = choice.Options.Select(option => Create(option, input)).ToArray();
                return (new SuperChoice(choice.Decision, [.. options.Select(static option => option.Module)]), Largest(options.Select(static option => option.LargestOutput)));
            case RepeatNode repeat:
                return CreateRepeat(repeat, input);
            case BranchesNode branches:
                var parallel = branches.Nodes.Select(branch => Create(branch, input)).ToArray();
                var outputs = parallel.Select(static branch => branch.LargestOutput).ToArray();
                var merged = branches.Merge == Merge.Sum ? Largest(outputs) : MergedShapes.Of(branches.Merge, outputs, "A block of branches");
                return (new SuperBranches([.. parallel.Select(static branch => branch.Module)], branches.Merge), merged);
            case SkipNode skip:
                return SuperSkip.Create(skip, input);
            case CellNode cell:
                var (single, joined) = SuperCell.Create(cell, [input]);
                return (new SingleInputCell(single), joined);
            case CellStackNode stack:
                return SuperCellStack.Create(stack, input);
            default:
                throw new NotSupportedException($"Node of type {node.GetType()} is not known.");
        }
    }

    private static (SuperModule, Shape) CreateOperation(OpNode node, Shape input)
    {
        if (node.Operation.HasOneShape && node.Operation.CreateElasticModule(input) is { } cell)
            return (new SuperElastic(cell, [.. node.Decisions]), node.Operation.OutputShape(input));
        var resolved = Combinations(node).ToArray();
        var largest = Largest(resolved.Select(operation => operation.OutputShape(input)));
        if (resolved.Length == 1) return (new SuperOperation(resolved[0].CreateSharedModule(input)), largest);
        if (node.Operation.CreateElasticModule(input) is { } elastic) return (new SuperElastic(elastic, [.. node.Decisions]), largest);
        var open = node.Decisions.Where(static decision => decision >= 0).Distinct().ToArray();
        if (open.Length > 1)
            throw new NotSupportedException($"{node.Operation.Name} has {open.Length} open settings and its values cannot share weights; make it a choice of operations with one open setting each.");
        return (new SuperChoice(open[0], [.. resolved.Select(operation => new SuperOperation(operation.CreateSharedModule(input)))]), largest);
    }

    /// <summary>The operation with every combination of its open settings; of one open setting, in the order of its values.</summary>
    private static IEnumerable<Operation> Combinations(OpNode node)
    {
        var open = node.Operation.Settings.Zip(node.Decisions).Where(static pair => pair.Second >= 0)
            .Select(static pair => (Decision: pair.Second, pair.First.Setting.Count)).Distinct().ToArray();
        var total = open.Aggregate(1, static (product, setting) => product * setting.Count);
        for (var combination = 0; combination < total; combination++)
        {
            var rest = combination;
            var picks = new Dictionary<int, int>();
            foreach (var (decision, count) in open) (picks[decision], rest) = (rest % count, rest / count);
            yield return node.Resolve((decision, _) => picks[decision]);
        }
    }

    private static (SuperModule, Shape) CreateChain(ChainNode chain, Shape input)
    {
        var modules = new List<SuperModule>();
        var shape = input;
        foreach (var child in chain.Nodes)
        {
            var (module, next) = Create(child, shape);
            modules.Add(module);
            shape = next;
        }
        return (new SuperChain([.. modules]), shape);
    }

    private static (SuperModule, Shape) CreateRepeat(RepeatNode repeat, Shape input)
    {
        var copies = new List<SuperModule>();
        var reached = new List<Shape>();
        var shape = input;
        if (repeat.Min == 0) reached.Add(shape);
        for (var copy = 0; copy < repeat.Copies.Length; copy++)
        {
            var (module, next) = Create(repeat.Copies[copy], shape);
            copies.Add(module);
            shape = next;
            if (copy + 1 >= repeat.Min) reached.Add(shape);
        }
        return (new SuperRepeat(repeat.Decision, repeat.Min, [.. copies]), Largest(reached));
    }

    internal static Shape Largest(IEnumerable<Shape> shapes) => shapes.Aggregate(static (left, right) =>
        left == right ? left
        : left is SequenceShape && right is SequenceShape ? new SequenceShape(Math.Max(left.Dimensions[0], right.Dimensions[0]), Math.Max(left.Features, right.Features))
        : left.Dimensions.Length == right.Dimensions.Length ? new Shape([.. left.Dimensions.Zip(right.Dimensions, Math.Max)])
        : throw new SearchSpaceException($"Options give {left} and {right}; a supernet can only mix outputs with the same number of dimensions."));

    /// <summary>The weighted sum of outputs; narrower ones count as zero where they have no channels.</summary>
    private static Tensor Sum(IReadOnlyList<(int Option, Tensor Output)> outputs, Tensor weights)
    {
        var channels = outputs.Max(static pair => pair.Output.shape[ChannelAxis(pair.Output)]);
        Tensor? sum = null;
        foreach (var (option, output) in outputs)
        {
            var term = Widened(output, channels) * weights.select(0, option);
            if (sum is not null && !sum.shape.AsSpan().SequenceEqual(term.shape))
                throw new SearchSpaceException($"Options give [{string.Join(", ", sum.shape)}] and [{string.Join(", ", term.shape)}], batch first; a supernet can only mix outputs that are equal but for their channels.");
            sum = sum is null ? term : sum + term;
        }
        return sum!;
    }

    private protected static Tensor Widened(Tensor output, long channels)
    {
        var (axis, shape) = (ChannelAxis(output), output.shape);
        if (shape[axis] == channels) return output;
        shape[axis] = channels - shape[axis];
        return cat([output, output.new_zeros(shape)], axis);
    }

    /// <summary>The axis of a batch that channels lie on (<see cref="Shape.ChannelAxis"/>).</summary>
    private protected static int ChannelAxis(Tensor batch) => batch.dim() == Shape.ImageRank + 1 ? 1 : (int)batch.dim() - 1;

    private protected void Register(IReadOnlyList<Module> modules)
    {
        for (var i = 0; i < modules.Count; i++) register_module($"part{i}", modules[i]);
    }

    private sealed class SuperOperation : SuperModule
    {
        private readonly Module<Tensor, Tensor> _module;

        public SuperOperation(Module<Tensor, Tensor> module) : base(nameof(SuperOperation)) => Register([_module = module]);

        private protected override Tensor Compute(Tensor input, Mixture mixture) => _module.call(input);
    }

    private sealed class SuperElastic : SuperModule
    {
        private readonly ElasticModule _module;
        private readonly int[] _decisions;

        public SuperElastic(ElasticModule module, int[] decisions) : base(nameof(SuperElastic))
        {
            Register([_module = module]);
            _decisions = decisions;
        }

        private protected override Tensor Compute(Tensor input, Mixture mixture) =>
            _module.call(input, [.. _decisions.Select(decision => decision < 0 ? default : mixture[decision])]);
    }

    private sealed class SingleInputCell : SuperModule
    {
        private readonly SuperCell _cell;

        public SingleInputCell(SuperCell cell) : base(nameof(SingleInputCell)) => Register([_cell = cell]);

        private protected override Tensor Compute(Tensor input, Mixture mixture) => _cell.call([input], mixture);
    }

    private sealed class SuperChain : SuperModule
    {
        private readonly SuperModule[] _modules;

        public SuperChain(SuperModule[] modules) : base(nameof(SuperChain)) => Register(_modules = modules);

        private protected override Tensor Compute(Tensor input, Mixture mixture) => _modules.Aggregate(input, (value, module) => module.call(value, mixture));
    }

    private sealed class SuperResidual : SuperModule
    {
        private readonly SuperModule _body;

        public SuperResidual(SuperModule body) : base(nameof(SuperResidual)) => Register([_body = body]);

        private protected override Tensor Compute(Tensor input, Mixture mixture) => input + _body.call(input, mixture);
    }

    private sealed class SuperBranches : SuperModule
    {
        private readonly SuperModule[] _branches;
        private readonly Merge _merge;

        public SuperBranches(SuperModule[] branches, Merge merge) : base(nameof(SuperBranches))
        {
            _merge = merge;
            Register(_branches = branches);
        }

        private protected override Tensor Compute(Tensor input, Mixture mixture)
        {
            var outputs = _branches.Select(branch => branch.call(input, mixture)).ToArray();
            return _merge == Merge.Sum ? outputs.Aggregate(static (left, right) => left + right) : cat(outputs, ChannelAxis(outputs[0]));
        }
    }

    private sealed class SuperChoice : SuperModule
    {
        private readonly int _decision;
        private readonly SuperModule[] _options;

        public SuperChoice(int decision, SuperModule[] options) : base(nameof(SuperChoice))
        {
            _decision = decision;
            Register(_options = options);
        }

        public override IReadOnlyList<SuperModule> Options => _options;

        private protected override Tensor Compute(Tensor input, Mixture mixture)
        {
            var entry = mixture[_decision];
            return entry.Weights is { } weights
                ? Sum([.. Enumerable.Range(0, _options.Length).Where(entry.Runs).Select(option => (option, _options[option].call(input, mixture)))], weights)
                : _options[entry.Index].call(input, mixture);
        }
    }

    private sealed class SuperRepeat : SuperModule
    {
        private readonly int _decision;
        private readonly int _min;
        private readonly SuperModule[] _copies;

        public SuperRepeat(int decision, int min, SuperModule[] copies) : base(nameof(SuperRepeat))
        {
            (_decision, _min) = (decision, min);
            Register(_copies = copies);
        }

        private protected override Tensor Compute(Tensor input, Mixture mixture)
        {
            var entry = _decision < 0 ? new MixtureEntry(_copies.Length - _min) : mixture[_decision];
            var deepest = _copies.Length - _min;
            while (entry.Weights is not null && !entry.Runs(deepest)) deepest--;
            var depth = _min + (entry.Weights is null ? entry.Index : deepest);
            var reached = new List<(int, Tensor)>();
            var value = input;
            for (var copy = 0; copy <= depth; copy++)
            {
                if (copy >= _min && entry.Runs(copy - _min)) reached.Add((copy - _min, value));
                if (copy < depth) value = _copies[copy].call(value, mixture);
            }
            return entry.Weights is { } weights ? Sum(reached, weights) : value;
        }
    }
}
