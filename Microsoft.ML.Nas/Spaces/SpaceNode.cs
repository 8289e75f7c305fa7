using System.Collections.Immutable;
using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>The space's tree with every choice bound to its index in the list of decisions: what everything else walks.</summary>
internal abstract record SpaceNode;

/// <param name="Operation">The operation, settings unresolved.</param>
/// <param name="Decisions">For each setting the decision that fixes it, or -1 where it is fixed.</param>
/// <param name="Counts">For each setting the number of its values.</param>
internal sealed record OpNode(Operation Operation, ImmutableArray<int> Decisions, ImmutableArray<int> Counts) : SpaceNode
{
    /// <summary>A number for the values that a genotype gives the settings: different for different values. Null where there are too many.</summary>
    public long? Picks(Genotype genotype)
    {
        UInt128 picks = 0;
        for (var setting = 0; setting < Decisions.Length; setting++)
            if (Decisions[setting] >= 0 && (picks = picks * (uint)Counts[setting] + (uint)genotype[Decisions[setting]]) > long.MaxValue) return null;
        return (long)picks;
    }

    /// <summary>The operation with every setting fixed by <paramref name="pick"/>, which is given the decision and its number of options.</summary>
    public Operation Resolve(Func<int, int, int> pick)
    {
        var position = 0;
        return Operation.WithSettings(setting =>
        {
            var decision = Decisions[position++];
            return setting.Fix(decision < 0 ? 0 : pick(decision, setting.Count));
        });
    }
}

internal sealed record ChainNode(ImmutableArray<SpaceNode> Nodes) : SpaceNode;

/// <param name="Cell">The user's cell.</param>
/// <param name="Inputs">The preprocessing of each input.</param>
/// <param name="Vertices">The intermediate nodes, first to last; the first has the number of inputs as its index.</param>
internal sealed record CellNode(Cell Cell, ImmutableArray<SpaceNode> Inputs, ImmutableArray<CellVertex> Vertices) : SpaceNode;

/// <param name="Decision">The decision which edges are kept, or -1 where all are.</param>
/// <param name="Subsets">For each option of the decision, the positions in <paramref name="Edges"/> that it keeps.</param>
/// <param name="Edges">The edges into the node.</param>
internal sealed record CellVertex(int Decision, ImmutableArray<ImmutableArray<int>> Subsets, ImmutableArray<CellEdgeNode> Edges)
{
    public IEnumerable<CellEdgeNode> Kept(Genotype genotype) => Subsets[Decision < 0 ? 0 : genotype[Decision]].Select(position => Edges[position]);
}

/// <param name="From">The node that is read; inputs come first.</param>
/// <param name="Node">What is computed from it.</param>
internal sealed record CellEdgeNode(int From, SpaceNode Node);

internal sealed record CellStackNode(SpaceNode Stem, ImmutableArray<CellNode> Cells) : SpaceNode;

internal sealed record BranchesNode(Merge Merge, ImmutableArray<SpaceNode> Nodes) : SpaceNode;

/// <param name="Name">The block's name.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Decisions">For each layer and each earlier one the decision whether the latter feeds it: option 1 means that it does. Null where that is fixed.</param>
/// <param name="Sources">What is fixed: for each layer those that feed it.</param>
internal sealed record SkipNode(string Name, ImmutableArray<SpaceNode> Layers, ImmutableArray<ImmutableArray<int>>? Decisions, ImmutableArray<ImmutableArray<int>>? Sources) : SpaceNode
{
    /// <summary>The layers that feed a layer.</summary>
    public ImmutableArray<int> SourcesOf(int layer, Genotype genotype) =>
        Sources?[layer] ?? [.. Enumerable.Range(0, layer).Where(earlier => genotype[Decisions!.Value[layer][earlier]] == 1)];
}

internal sealed record ResidualNode(SpaceNode Body) : SpaceNode;

internal sealed record ChoiceNode(int Decision, ImmutableArray<SpaceNode> Options) : SpaceNode
{
    /// <summary>The number of parts of the channels that a supernet's choice works on one of, where it can; 1 for all channels.</summary>
    public int Parts { get; init; } = 1;
}

/// <param name="Decision">The depth decision, or -1 where the depth is fixed.</param>
/// <param name="Min">The number of copies that option 0 means.</param>
/// <param name="Copies">The copies, first to last.</param>
internal sealed record RepeatNode(int Decision, int Min, ImmutableArray<SpaceNode> Copies) : SpaceNode;
