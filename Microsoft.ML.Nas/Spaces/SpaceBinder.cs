using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Turns the user's tree into nodes bound to a flat list of decisions, parents before what depends on them.</summary>
internal sealed class SpaceBinder
{
    private readonly List<Decision> _decisions = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cells = new(StringComparer.Ordinal);

    /// <summary>Where shared settings belong at the moment: the prefix and condition of their decisions, and those known so far.</summary>
    private (string Prefix, DecisionCondition? Condition, Dictionary<string, int> Shared) _scope;

    /// <summary>The cell that is bound once more, whose decisions are known already; null elsewhere.</summary>
    private string? _repeatedCell;

    public static (SpaceNode Root, ImmutableArray<Decision> Decisions) Bind(Block root)
    {
        var binder = new SpaceBinder();
        var node = binder.VisitScope(new Scope("", root), prefix: "", condition: null);
        return (node, [.. binder._decisions]);
    }

    /// <summary>The decisions of operations that stand in every architecture.</summary>
    private static HashSet<int> AlwaysUsed(SpaceNode node) => node switch
    {
        OpNode op => [.. op.Decisions],
        ResidualNode residual => AlwaysUsed(residual.Body),
        BranchesNode branches => [.. branches.Nodes.SelectMany(AlwaysUsed)],
        ChainNode chain => [.. chain.Nodes.SelectMany(AlwaysUsed)],
        ChoiceNode choice => choice.Options.Select(AlwaysUsed).Aggregate(static (left, right) => [.. left.Intersect(right)]),
        SkipNode skip => [.. skip.Layers.SelectMany(AlwaysUsed)],
        CellNode cell => [.. cell.Inputs.Concat(cell.Vertices.Where(static vertex => vertex.Decision < 0).SelectMany(static vertex => vertex.Edges).Select(static edge => edge.Node)).SelectMany(AlwaysUsed)],
        CellStackNode stack => [.. stack.Cells.Prepend(stack.Stem).SelectMany(AlwaysUsed)],
        RepeatNode repeat => [.. repeat.Copies.Take(repeat.Decision < 0 ? repeat.Copies.Length : repeat.Min).SelectMany(AlwaysUsed)],
        _ => throw new NotSupportedException($"Node of type {node.GetType()} is not known."),
    };

    private SpaceNode Visit(Block block, string prefix, DecisionCondition? condition) => block switch
    {
        Op op => VisitOp(op, prefix, condition),
        Chain chain => new ChainNode([.. chain.Blocks.Select(child => Visit(child, prefix, condition))]),
        Residual residual => new ResidualNode(Visit(residual.Body, prefix, condition)),
        Branches branches => new BranchesNode(branches.Merge, [.. branches.Blocks.Select(branch => Visit(branch, prefix, condition))]),
        Scope { OwnsSharedSettings: false } scope => Visit(scope.Body, $"{prefix}{scope.Name}.", condition),
        Scope scope => VisitScope(scope, $"{prefix}{scope.Name}.", condition),
        Choice choice => VisitChoice(choice, prefix, condition),
        Repeat repeat => VisitRepeat(repeat, prefix, condition),
        SkipConnections skip => VisitSkip(skip, prefix, condition),
        Cell { Inputs.Length: 1 } cell => VisitCell(cell, prefix, condition),
        Cell cell => throw new SearchSpaceException($"Cell '{cell.Name}' has {cell.Inputs.Length} inputs; put it into a CellStack, which hands it the outputs of the last two cells."),
        CellStack stack => new CellStackNode(Visit(stack.Stem, prefix, condition), [.. stack.Cells.Select(cell => VisitCell(cell, prefix, condition))]),
        _ => throw new NotSupportedException($"Block of type {block.GetType()} is not known to the space language."),
    };

    /// <summary>Binds a block whose shared settings are its own; each must matter wherever the block does.</summary>
    private SpaceNode VisitScope(Scope scope, string prefix, DecisionCondition? condition)
    {
        var outer = _scope;
        _scope = (prefix, condition, new(StringComparer.Ordinal));
        var node = Visit(scope.Body, prefix, condition);
        var always = AlwaysUsed(node);
        foreach (var (name, decision) in _scope.Shared)
            if (!always.Contains(decision))
                throw new ArgumentException(
                    $"Shared setting '{name}' is used inside some options of a choice only, so it would matter only sometimes; use it in every option, or make it a setting of its own.");
        _scope = outer;
        return node;
    }

    private OpNode VisitOp(Op op, string prefix, DecisionCondition? condition)
    {
        var decisions = ImmutableArray.CreateBuilder<int>();
        foreach (var (_, setting) in op.Operation.Settings)
        {
            decisions.Add(setting.Name switch
            {
                null => -1,
                var name when setting.IsShared => Shared(name, setting),
                var name => Add(new Decision(prefix + name, setting.Count, setting.Labels, setting.Kind, condition)),
            });
        }
        return new OpNode(op.Operation, decisions.ToImmutable(), [.. op.Operation.Settings.Select(static pair => pair.Setting.Count)]);
    }

    private ChoiceNode VisitChoice(Choice choice, string prefix, DecisionCondition? condition)
    {
        var decision = Add(new Decision(prefix + choice.Name, choice.Options.Length, choice.Labels, choice.Kind, condition) { HasNone = choice.HasNone });
        return new ChoiceNode(decision,
            [.. choice.Options.Select((option, index) => Visit(option, $"{prefix}{choice.Name}.{choice.Labels[index]}.", new DecisionCondition(decision, [index])))]);
    }

    private RepeatNode VisitRepeat(Repeat repeat, string prefix, DecisionCondition? condition)
    {
        var count = repeat.Max - repeat.Min + 1;
        var depth = count == 1 ? -1 : Add(new Decision(prefix + repeat.Name, count,
            [.. Enumerable.Range(repeat.Min, count).Select(static n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))], DecisionKind.Structure, condition));
        var copies = ImmutableArray.CreateBuilder<SpaceNode>();
        for (var copy = 0; copy < repeat.Max; copy++)
        {
            if (copy > 0 && repeat.ShareDecisions)
            {
                copies.Add(copies[0]);
                continue;
            }
            var active = copy < repeat.Min || depth < 0
                ? condition
                : new DecisionCondition(depth, [.. Enumerable.Range(0, count).Where(option => repeat.Min + option > copy)]);
            var path = repeat.ShareDecisions ? $"{prefix}{repeat.Name}." : $"{prefix}{repeat.Name}[{copy}].";
            copies.Add(Visit(repeat.Body, path, active));
        }
        return new RepeatNode(depth, repeat.Min, copies.ToImmutable());
    }

    private SkipNode VisitSkip(SkipConnections skip, string prefix, DecisionCondition? condition)
    {
        var layers = ImmutableArray.CreateBuilder<SpaceNode>();
        var decisions = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        for (var layer = 0; layer < skip.Layers.Length; layer++)
        {
            layers.Add(Visit(skip.Layers[layer], $"{prefix}{skip.Name}[{layer}].", condition));
            if (skip.Sources is null)
                decisions.Add([.. Enumerable.Range(0, layer).Select(earlier => Add(new Decision($"{prefix}{skip.Name}[{layer}]<-{earlier}", 2, ["no", "yes"], DecisionKind.Structure, condition)))]);
        }
        return new SkipNode(skip.Name, layers.ToImmutable(), skip.Sources is null ? decisions.ToImmutable() : null, skip.Sources);
    }

    private CellNode VisitCell(Cell cell, string prefix, DecisionCondition? condition)
    {
        var path = $"{prefix}{cell.Name}.";
        var outer = _repeatedCell;
        if (!_cells.Add(path)) _repeatedCell ??= prefix + cell.Name;
        var inputs = cell.Inputs.Select((input, index) => Visit(input, $"{path}input{index}.", condition)).ToImmutableArray();
        var vertices = Enumerable.Range(cell.Inputs.Length, cell.Nodes).Select(node => VisitVertex(cell, node, path, condition)).ToImmutableArray();
        _repeatedCell = outer;
        return new CellNode(cell, inputs, vertices);
    }

    private CellVertex VisitVertex(Cell cell, int node, string path, DecisionCondition? condition)
    {
        var edges = cell.Edges.Where(edge => edge.To == node).ToArray();
        var subsets = cell.EdgesPerNode is { } kept && kept < edges.Length ? Subsets.Of(edges.Length, kept) : [[.. Enumerable.Range(0, edges.Length)]];
        var decision = subsets.Length == 1 ? -1 : Add(new Decision($"{path}{node}.inputs", subsets.Length,
            [.. subsets.Select(subset => string.Join('+', subset.Select(edge => edges[edge].From)))], DecisionKind.Topology, condition));
        return new CellVertex(decision, subsets, [.. edges.Select((edge, position) => new CellEdgeNode(edge.From, Visit(edge.Block, path, Active(position))))]);

        DecisionCondition? Active(int position) => decision < 0
            ? condition
            : new DecisionCondition(decision, [.. Enumerable.Range(0, subsets.Length).Where(subset => subsets[subset].Contains(position))]);
    }

    private int Shared(string name, ISetting setting)
    {
        if (!_scope.Shared.TryGetValue(name, out var known))
            return _scope.Shared[name] = Add(new Decision(_scope.Prefix + name, setting.Count, setting.Labels, setting.Kind, _scope.Condition));
        if (!_decisions[known].Labels.SequenceEqual(setting.Labels))
            throw new ArgumentException(
                $"Shared setting '{name}' is used with different values: {string.Join('|', _decisions[known].Labels)} and {string.Join('|', setting.Labels)}.");
        return known;
    }

    private int Add(Decision decision)
    {
        if (_repeatedCell is not null) return Known(decision);
        if (!_byName.TryAdd(decision.Name, _decisions.Count))
            throw new ArgumentException($"Two decisions of the space are called '{decision.Name}'; give siblings different names.");
        _decisions.Add(decision);
        return _decisions.Count - 1;
    }

    /// <summary>The decision that an earlier cell of the same name has made already.</summary>
    private int Known(Decision decision)
    {
        if (!_byName.TryGetValue(decision.Name, out var known))
            throw new SearchSpaceException($"Cells called '{_repeatedCell}' share their decisions, but decision '{decision.Name}' is not one of the first; give cells that differ different names.");
        if (!_decisions[known].Labels.SequenceEqual(decision.Labels) || _decisions[known].HasNone != decision.HasNone)
            throw new SearchSpaceException(
                $"Cells called '{_repeatedCell}' share their decisions, but the options of '{decision.Name}' are {string.Join('|', _decisions[known].Labels)} in one and {string.Join('|', decision.Labels)} in another; give cells that differ different names.");
        return known;
    }
}
