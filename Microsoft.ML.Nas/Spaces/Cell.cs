using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// A small directed acyclic graph (Zoph 2018): every node is the sum of its incoming edges, every edge a block, usually a choice of
/// operations. Cells of the same name in the same place of the tree share their decisions; each has its own weights.
/// </summary>
/// <remarks>A cell of one input stands where any block stands; cells of two inputs stand in a <see cref="CellStack"/>.</remarks>
public sealed record Cell : Block
{
    private const int MaxSubsets = 4096;

    /// <summary>Creates a cell from its edges.</summary>
    /// <param name="name">The prefix of its decisions' names, and what cells that share decisions have in common.</param>
    /// <param name="inputs">What each input, one or two, passes through first.</param>
    /// <param name="edges">The edges. The inputs are nodes 0 and 1; the intermediate nodes follow without a gap.</param>
    /// <exception cref="SearchSpaceException">The edges make a cycle, a node has none, or the number of inputs is not one or two.</exception>
    public Cell(string name, ReadOnlySpan<Block> inputs, params ReadOnlySpan<CellEdge> edges)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (inputs.Length is not (1 or 2)) throw new SearchSpaceException($"Cell '{name}' has {inputs.Length} inputs; a cell has one or two.");
        Name = name;
        Inputs = [.. inputs];
        Edges = [.. edges.ToArray().OrderBy(static edge => edge.To).ThenBy(static edge => edge.From)];
        Nodes = Edges.Length == 0 ? 0 : Edges.Max(static edge => edge.To) - inputs.Length + 1;
        Check();
    }

    /// <summary>Creates a cell in which every node reads all nodes before it, each edge a choice among the same options.</summary>
    /// <param name="name">The prefix of its decisions' names.</param>
    /// <param name="inputs">What each input, one or two, passes through first.</param>
    /// <param name="nodes">The number of intermediate nodes, at least 1.</param>
    /// <param name="options">The options of the edge between two nodes, given as (from, to). All must give the same shape.</param>
    /// <param name="hasNone">Whether mixed options compete with "none of them" (<see cref="Choice.HasNone"/>). Default false.</param>
    /// <exception cref="SearchSpaceException">The number of inputs is not one or two, or there is no node.</exception>
    public static Cell Dense(string name, ReadOnlySpan<Block> inputs, int nodes, Func<int, int, (string Label, Block Block)[]> options, bool hasNone = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        var edges = new List<CellEdge>();
        for (var to = inputs.Length; to < inputs.Length + nodes; to++)
            for (var from = 0; from < to; from++)
                edges.Add(new(from, to, new Choice($"{to}<-{from}", options(from, to)) { HasNone = hasNone }));
        return new(name, inputs, [.. edges]);
    }

    /// <summary>The prefix of the cell's decisions.</summary>
    public string Name { get; }

    /// <summary>What each input passes through first.</summary>
    public ImmutableArray<Block> Inputs { get; }

    /// <summary>The edges, ordered by the node they add to, then by the node they read.</summary>
    public ImmutableArray<CellEdge> Edges { get; }

    /// <summary>The number of intermediate nodes.</summary>
    public int Nodes { get; }

    /// <summary>
    /// How many incoming edges an architecture keeps at a node that has more: which ones is a decision. Default null: every edge is kept
    /// (NAS-Bench-201); 2 in DARTS. Every edge must be a <see cref="Choice"/> where this is set.
    /// </summary>
    public int? EdgesPerNode
    {
        get;
        init
        {
            if (value is { } kept) CheckKept(kept);
            field = value;
        }
    }

    /// <summary>What the cell gives. Default: its last node.</summary>
    public CellOutput Output { get; init; }

    /// <summary>
    /// How often an edge's output is dropped for an example while a network with this cell trains, at least 0 and below 1: the paths of Larsson 2017,
    /// which Liu 2019 trains with. An edge that is <see cref="Operations.Identity"/> is never dropped. The rate rises from 0 in the first epoch to
    /// nearly this in the last (Zoph 2018), as in the published code of DARTS. A supernet drops none. Default 0.
    /// </summary>
    public float DropPath
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new SearchSpaceException($"Cell '{Name}' has a drop-path rate of {value}; it must be at least 0 and below 1.");
    }

    /// <inheritdoc/>
    public bool Equals(Cell? other) =>
        other is not null && Name == other.Name && EdgesPerNode == other.EdgesPerNode && Output == other.Output && DropPath.Equals(other.DropPath)
        && Inputs.SequenceEqual(other.Inputs) && Edges.SequenceEqual(other.Edges);

    /// <inheritdoc/>
    public override int GetHashCode() => Edges.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    /// <summary>What an option of an edge that is a choice is called.</summary>
    internal string LabelOf(int from, int to, int option) => ((Choice)Edges.Single(edge => edge.From == from && edge.To == to).Block).Labels[option];

    private void Check()
    {
        if (Nodes < 1) throw new SearchSpaceException($"Cell '{Name}' has no intermediate node; give it at least one edge to one.");
        foreach (var edge in Edges)
        {
            if (edge.From >= edge.To) throw new SearchSpaceException($"Cell '{Name}' has an edge from node {edge.From} to node {edge.To}, which makes a cycle; an edge leads from an earlier node to a later one.");
            if (edge.From < 0) throw new SearchSpaceException($"Cell '{Name}' has an edge from node {edge.From}; nodes are counted from 0.");
            if (edge.To < Inputs.Length) throw new SearchSpaceException($"Cell '{Name}' has an edge to node {edge.To}, which is an input.");
        }
        if (Edges.GroupBy(static edge => (edge.From, edge.To)).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw new SearchSpaceException($"Cell '{Name}' has two edges from node {twice.Key.From} to node {twice.Key.To}; make them one choice, or branches of one block.");
        for (var node = Inputs.Length; node < Inputs.Length + Nodes; node++)
            if (Edges.All(edge => edge.To != node))
                throw new SearchSpaceException($"Node {node} of cell '{Name}' has no incoming edge; every intermediate node needs one.");
    }

    private void CheckKept(int kept)
    {
        if (kept < 1) throw new SearchSpaceException($"Cell '{Name}' keeps {kept} edges a node; it must keep at least 1.");
        if (Edges.FirstOrDefault(static edge => edge.Block is not Choice) is { } fixedEdge)
            throw new SearchSpaceException($"The edge from node {fixedEdge.From} to node {fixedEdge.To} of cell '{Name}' is not a choice, so it has no strength by which the best edges could be kept; make it a choice, or keep every edge.");
        foreach (var count in Edges.GroupBy(static edge => edge.To).Select(static edges => edges.Count()))
            if (kept < count && Combinations(count, kept) > MaxSubsets)
                throw new SearchSpaceException($"Cell '{Name}' has a node with {count} incoming edges of which {kept} are kept, more than {MaxSubsets} combinations; use fewer nodes.");
    }

    private static double Combinations(int count, int size)
    {
        var combinations = 1.0;
        for (var i = 1; i <= size; i++) combinations *= (double)(count - size + i) / i;
        return combinations;
    }
}
