using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Turns the user's tree into nodes bound to a flat list of decisions, parents before what depends on them.</summary>
internal sealed class SpaceBinder
{
    private readonly List<Decision> _decisions = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shared = new(StringComparer.Ordinal);

    public static (SpaceNode Root, ImmutableArray<Decision> Decisions) Bind(Block root)
    {
        var binder = new SpaceBinder();
        var node = binder.Visit(root, prefix: "", condition: null);
        var always = AlwaysUsed(node);
        foreach (var (name, decision) in binder._shared)
            if (!always.Contains(decision))
                throw new ArgumentException(
                    $"Shared setting '{name}' is used inside some options of a choice only, so it would matter only sometimes; use it in every option, or make it a setting of its own.");
        return (node, [.. binder._decisions]);
    }

    /// <summary>The decisions of operations that stand in every architecture.</summary>
    private static HashSet<int> AlwaysUsed(SpaceNode node) => node switch
    {
        OpNode op => [.. op.Decisions],
        ResidualNode residual => AlwaysUsed(residual.Body),
        ChainNode chain => [.. chain.Nodes.SelectMany(AlwaysUsed)],
        ChoiceNode choice => choice.Options.Select(AlwaysUsed).Aggregate(static (left, right) => [.. left.Intersect(right)]),
        RepeatNode repeat => [.. repeat.Copies.Take(repeat.Decision < 0 ? repeat.Copies.Length : repeat.Min).SelectMany(AlwaysUsed)],
        _ => throw new NotSupportedException($"Node of type {node.GetType()} is not known."),
    };

    private SpaceNode Visit(Block block, string prefix, DecisionCondition? condition) => block switch
    {
        Op op => VisitOp(op, prefix, condition),
        Chain chain => new ChainNode([.. chain.Blocks.Select(child => Visit(child, prefix, condition))]),
        Residual residual => new ResidualNode(Visit(residual.Body, prefix, condition)),
        Choice choice => VisitChoice(choice, prefix, condition),
        Repeat repeat => VisitRepeat(repeat, prefix, condition),
        _ => throw new NotSupportedException($"Block of type {block.GetType()} is not known to the space language."),
    };

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
        return new OpNode(op.Operation, decisions.ToImmutable());
    }

    private ChoiceNode VisitChoice(Choice choice, string prefix, DecisionCondition? condition)
    {
        var decision = Add(new Decision(prefix + choice.Name, choice.Options.Length, choice.Labels, choice.Kind, condition));
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

    private int Shared(string name, ISetting setting)
    {
        if (!_shared.TryGetValue(name, out var known))
            return _shared[name] = Add(new Decision(name, setting.Count, setting.Labels, setting.Kind, null));
        if (!_decisions[known].Labels.SequenceEqual(setting.Labels))
            throw new ArgumentException(
                $"Shared setting '{name}' is used with different values: {string.Join('|', _decisions[known].Labels)} and {string.Join('|', setting.Labels)}.");
        return known;
    }

    private int Add(Decision decision)
    {
        if (!_byName.TryAdd(decision.Name, _decisions.Count))
            throw new ArgumentException($"Two decisions of the space are called '{decision.Name}'; give siblings different names.");
        _decisions.Add(decision);
        return _decisions.Count - 1;
    }
}
