using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

/// <summary>Small spaces of cells over vectors, in the two layouts of the literature.</summary>
internal static class CellSpaces
{
    public static readonly Shape Input = new(3);

    /// <summary>One input, every edge kept, the last node given; two copies share their decisions.</summary>
    public static SearchSpace EveryEdge(int nodes = 3)
    {
        var cell = Cell.Dense("cell", [new Chain()], nodes, static (_, _) => Options(4));
        return new("every edge", new Chain(new Linear(4), cell, new Linear(4), cell), Input);
    }

    /// <summary>Two inputs, two edges kept a node, nodes joined; normal and reduction cells.</summary>
    public static SearchSpace BestTwo(int nodes = 3) => new("best two", new CellStack(new Linear(4),
        Kept("normal", 4, nodes), Kept("reduction", 8, nodes), Kept("normal", 8, nodes)), Input);

    public static Cell Kept(string name, int channels, int nodes) =>
        Cell.Dense(name, [new Linear(channels), new Linear(channels)], nodes, (_, _) => Options(channels), hasNone: true) with
        {
            EdgesPerNode = 2,
            Output = CellOutput.Concatenation,
        };

    private static (string, Block)[] Options(int channels) =>
        [("skip", new Identity()), ("linear", new Linear(channels)), ("silu", new Chain(new Silu(), new Linear(channels)))];
}
