using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Bananas;

/// <summary>
/// What an architecture has, as numbers of features: each option taken; and in cells each path of operations from an input to a node
/// (the path encoding of White, Neiswanger and Savani 2021), an absent edge ending it.
/// </summary>
internal sealed class FeatureEncoding
{
    private const int MaxPathsPerNode = 64;

    private readonly SearchSpace _space;
    private readonly int[] _offsets;
    private readonly CellNode[] _cells;

    public FeatureEncoding(SearchSpace space)
    {
        _space = space;
        _offsets = new int[space.Decisions.Length];
        for (var decision = 1; decision < _offsets.Length; decision++) _offsets[decision] = _offsets[decision - 1] + space.Decisions[decision - 1].Count;
        // Cells of one name share their decisions, and so their paths.
        _cells = [.. Cells(space.Node).DistinctBy(static cell => cell.Cell.Name)];
    }

    public int[] Of(Genotype genotype)
    {
        var features = new HashSet<int>();
        var options = Encodings.Options(_space, genotype);
        for (var decision = 0; decision < options.Length; decision++)
            if (options[decision] != Encodings.Inactive) features.Add(_offsets[decision] + options[decision]);
        for (var cell = 0; cell < _cells.Length; cell++) AddPaths(_cells[cell], cell, genotype, features);
        return [.. features];
    }

    /// <summary>A path is the path it goes on from and the option it goes on with, so that equal sequences of operations are one feature.</summary>
    private static void AddPaths(CellNode cell, int cellIndex, Genotype genotype, HashSet<int> features)
    {
        var nodes = new List<int[]>();
        for (var input = 0; input < cell.Inputs.Length; input++) nodes.Add([PathId(cellIndex, input)]);
        foreach (var vertex in cell.Vertices)
        {
            var paths = new HashSet<int>();
            foreach (var edge in vertex.Kept(genotype))
            {
                var option = edge.Node is ChoiceNode choice ? genotype[choice.Decision] : -1;
                if (edge.Node is ChoiceNode { Options: var options } && options[option] is OpNode { Operation: Zero }) continue;
                foreach (var path in nodes[edge.From])
                {
                    if (paths.Count >= MaxPathsPerNode) break;
                    paths.Add(PathId(path, option));
                }
            }
            nodes.Add([.. paths]);
            features.UnionWith(paths);
        }
    }

    /// <summary>A number above those of options that depends on what it stands for alone, whatever was met before.</summary>
    private static int PathId(int path, int option) =>
        (int)(unchecked(((uint)path * 0x9E3779B1u ^ (uint)(option + 2) * 0x85EBCA77u) * 0xC2B2AE3Du) >> 2) | 0x40000000;

    private static IEnumerable<CellNode> Cells(SpaceNode node) => node switch
    {
        CellNode cell => [cell],
        CellStackNode stack => stack.Cells,
        ChainNode chain => chain.Nodes.SelectMany(Cells),
        ResidualNode residual => Cells(residual.Body),
        RepeatNode repeat => repeat.Copies.SelectMany(Cells),
        ChoiceNode choice => choice.Options.SelectMany(Cells),
        _ => [],
    };
}
