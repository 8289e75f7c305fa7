using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>The shapes that can flow through a space, for every combination of its choices.</summary>
/// <remarks>Shared settings tie distant places together, so they are enumerated; other choices are followed as sets of shapes.</remarks>
internal sealed class ShapeInference
{
    private const int MaxSharedCombinations = 4096;
    private readonly SearchSpace _space;
    private readonly Dictionary<int, int> _shared;

    private ShapeInference(SearchSpace space, Dictionary<int, int> shared) => (_space, _shared) = (space, shared);

    public static void Check(SearchSpace space, Shape input)
    {
        input = ImageShape.Normalize(input);
        foreach (var shared in SharedCombinations(space)) new ShapeInference(space, shared).Visit(space.Node, input);
    }

    private static IEnumerable<Dictionary<int, int>> SharedCombinations(SearchSpace space)
    {
        var decisions = new SortedSet<int>();
        Collect(space.Node);
        var combinations = new List<Dictionary<int, int>> { new() };
        foreach (var decision in decisions)
        {
            combinations = [.. combinations.SelectMany(known => Enumerable.Range(0, space.Decisions[decision].Count)
                .Select(option => new Dictionary<int, int>(known) { [decision] = option }))];
            if (combinations.Count > MaxSharedCombinations)
                throw new SearchSpaceException($"The shared settings of space '{space.Name}' have more than {MaxSharedCombinations} combinations, too many to check that all shapes fit; share fewer.");
        }
        return combinations;

        void Collect(SpaceNode node)
        {
            switch (node)
            {
                case OpNode op:
                    foreach (var (setting, decision) in op.Operation.Settings.Zip(op.Decisions))
                        if (setting.Setting.IsShared) decisions.Add(decision);
                    break;
                case ChainNode chain: foreach (var child in chain.Nodes) Collect(child); break;
                case ResidualNode residual: Collect(residual.Body); break;
                case ChoiceNode choice: foreach (var option in choice.Options) Collect(option); break;
                case RepeatNode repeat: foreach (var copy in repeat.Copies) Collect(copy); break;
                case SkipNode skip: foreach (var layer in skip.Layers) Collect(layer); break;
                case BranchesNode branches: foreach (var branch in branches.Nodes) Collect(branch); break;
                case CellNode cell:
                    foreach (var part in cell.Inputs) Collect(part);
                    foreach (var edge in cell.Vertices.SelectMany(static vertex => vertex.Edges)) Collect(edge.Node);
                    break;
                case CellStackNode stack:
                    Collect(stack.Stem);
                    foreach (var cell in stack.Cells) Collect(cell);
                    break;
            }
        }
    }

    private HashSet<Shape> Visit(SpaceNode node, Shape input) => node switch
    {
        OpNode op => VisitOp(op, input),
        ChainNode chain => chain.Nodes.Aggregate(new HashSet<Shape> { input }, (shapes, child) => VisitAll(child, shapes)),
        ResidualNode residual => VisitResidual(residual, input),
        ChoiceNode choice => VisitChoice(choice, input),
        RepeatNode repeat => VisitRepeat(repeat, input),
        SkipNode skip => VisitSkip(skip, input),
        BranchesNode branches => VisitBranches(branches, input),
        CellNode cell => [VisitCell(cell, [input])],
        CellStackNode stack => VisitStack(stack, input),
        _ => throw new NotSupportedException($"Node of type {node.GetType()} is not known."),
    };

    private HashSet<Shape> VisitAll(SpaceNode node, HashSet<Shape> inputs) => [.. inputs.SelectMany(input => Visit(node, input))];

    private HashSet<Shape> VisitOp(OpNode op, Shape input)
    {
        if (op.Operation.HasOneShape) return [op.Operation.OutputShape(input)];
        var shapes = new HashSet<Shape>();
        var free = op.Decisions.Where(decision => decision >= 0 && !_shared.ContainsKey(decision)).Distinct().ToArray();
        var picks = new Dictionary<int, int>(_shared);
        Enumerate(0);
        return shapes;

        void Enumerate(int position)
        {
            if (position == free.Length)
            {
                shapes.Add(op.Resolve((decision, _) => picks[decision]).OutputShape(input));
                return;
            }
            for (var option = 0; option < _space.Decisions[free[position]].Count; option++)
            {
                picks[free[position]] = option;
                Enumerate(position + 1);
            }
        }
    }

    private HashSet<Shape> VisitResidual(ResidualNode residual, Shape input)
    {
        foreach (var output in Visit(residual.Body, input))
            if (output != input)
                throw new SearchSpaceException($"A residual body turns {input} into {output}; both must be the same for them to be added.");
        return [input];
    }

    private HashSet<Shape> VisitChoice(ChoiceNode choice, Shape input)
    {
        var decision = _space.Decisions[choice.Decision];
        var shapes = new HashSet<Shape>();
        for (var option = 0; option < choice.Options.Length; option++)
        {
            try
            {
                shapes.UnionWith(Visit(choice.Options[option], input));
            }
            catch (ArgumentException problem) when (problem is ShapeException || !problem.Message.StartsWith("In decision", StringComparison.Ordinal))
            {
                throw new SearchSpaceException($"In decision '{decision.Name}', option '{decision.Labels[option]}' does not fit its surroundings: {problem.Message}", problem);
            }
        }
        return shapes;
    }

    private HashSet<Shape> VisitRepeat(RepeatNode repeat, Shape input)
    {
        var reached = new HashSet<Shape>();
        var shapes = new HashSet<Shape> { input };
        for (var copy = 0; copy <= repeat.Copies.Length; copy++)
        {
            if (copy >= repeat.Min && (repeat.Decision >= 0 || copy == repeat.Copies.Length)) reached.UnionWith(shapes);
            if (copy < repeat.Copies.Length) shapes = VisitAll(repeat.Copies[copy], shapes);
        }
        return reached;
    }

    private HashSet<Shape> VisitBranches(BranchesNode branches, Shape input)
    {
        var combinations = new HashSet<Shape>();
        foreach (var branch in branches.Nodes)
        {
            var outputs = Visit(branch, input);
            combinations = combinations.Count == 0 ? outputs : [.. combinations.SelectMany(left => outputs.Select(right => MergedShapes.Of(branches.Merge, [left, right], "A block of branches")))];
        }
        return combinations;
    }

    /// <summary>Every layer is checked on the input and on all earlier layers' largest outputs: the combinations are too many.</summary>
    private HashSet<Shape> VisitSkip(SkipNode skip, Shape input)
    {
        var largest = new List<Shape>();
        var last = new HashSet<Shape>();
        foreach (var layer in skip.Layers)
        {
            last = Visit(layer, input);
            if (largest.Count > 0) last.UnionWith(Visit(layer, SkipShapes.Joined(largest)));
            largest.Add(SupernetBuilder.Largest(last));
        }
        return [.. last, SkipShapes.Joined(largest)];
    }

    private HashSet<Shape> VisitStack(CellStackNode stack, Shape input)
    {
        var states = Visit(stack.Stem, input).Select(static shape => (Last: shape, BeforeLast: shape)).ToHashSet();
        foreach (var cell in stack.Cells)
            states = [.. states.Select(state => (VisitCell(cell, cell.Inputs.Length == 1 ? [state.Last] : [state.BeforeLast, state.Last]), state.Last))];
        return [.. states.Select(static state => state.Last)];
    }

    /// <summary>The shape that a cell gives; the shared settings fix it, so that whatever its edges are, their outputs can be added.</summary>
    private Shape VisitCell(CellNode cell, ReadOnlySpan<Shape> inputs)
    {
        var name = cell.Cell.Name;
        var nodes = new List<Shape>();
        for (var input = 0; input < inputs.Length; input++) nodes.Add(Only(cell.Inputs[input], inputs[input], $"Input {input} of cell '{name}'"));
        foreach (var vertex in cell.Vertices)
        {
            Shape? sum = null;
            foreach (var edge in vertex.Edges)
            {
                var shape = Only(edge.Node, nodes[edge.From], $"The edge from node {edge.From} to node {nodes.Count} of cell '{name}'");
                if (sum is not null && shape != sum)
                    throw new SearchSpaceException($"Node {nodes.Count} of cell '{name}' gets {sum} on one edge and {shape} from node {edge.From}; all its edges must give the same shape for them to be added.");
                sum = shape;
            }
            nodes.Add(sum!);
        }
        return CellShapes.Output(cell.Cell, nodes);
    }

    private Shape Only(SpaceNode node, Shape input, string what)
    {
        var shapes = Visit(node, input);
        return shapes.Count == 1 ? shapes.Single() : throw new SearchSpaceException(
            $"{what} gives {string.Join(" or ", shapes)} from {input}{(node is ChoiceNode choice ? $", depending on decision '{_space.Decisions[choice.Decision].Name}'" : "")}; every option must give the same shape.");
    }
}
