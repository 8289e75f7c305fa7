using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Makes the modules of a space's tree.</summary>
internal static class SupernetBuilder
{
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
        if (resolved.Length == 1) return (new SuperOperation(resolved[0], input), largest);
        if (node.Operation.CreateElasticModule(input) is { } elastic) return (new SuperElastic(elastic, [.. node.Decisions]), largest);
        var open = node.Decisions.Where(static decision => decision >= 0).Distinct().ToArray();
        if (open.Length > 1)
            throw new NotSupportedException($"{node.Operation.Name} has {open.Length} open settings and its values cannot share weights; make it a choice of operations with one open setting each.");
        return (new SuperChoice(open[0], [.. resolved.Select(operation => new SuperOperation(operation, input))]), largest);
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

    /// <summary>The largest of the shapes along every axis.</summary>
    /// <exception cref="SearchSpaceException">They have different numbers of dimensions.</exception>
    public static Shape Largest(IEnumerable<Shape> shapes) => shapes.Aggregate(static (left, right) =>
        left == right ? left
        : left is SequenceShape && right is SequenceShape ? new SequenceShape(Math.Max(left.Dimensions[0], right.Dimensions[0]), Math.Max(left.Features, right.Features))
        : left.Dimensions.Length == right.Dimensions.Length ? new Shape([.. left.Dimensions.Zip(right.Dimensions, Math.Max)])
        : throw new SearchSpaceException($"Options give {left} and {right}; a supernet can only mix outputs with the same number of dimensions."));
}
