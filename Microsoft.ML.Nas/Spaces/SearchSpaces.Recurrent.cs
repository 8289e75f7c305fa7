using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

public static partial class SearchSpaces
{
    private const int DartsRnnNodes = 8;
    private const int NasRlTreeNodes = 15;

    /// <summary>
    /// The recurrent cell of DARTS (Liu 2019): eight nodes, each with one earlier state as its input and an activation (tanh, ReLU, sigmoid, identity): 8! · 4⁸ cells.
    /// Tokens are embedded, taken through the cell one after another, and the outputs averaged. Published cells: <see cref="DartsRnnGenotypes"/>.
    /// </summary>
    /// <remarks>
    /// A node's input and activation are one decision, where DARTS takes the softmax of the activations of each input and keeps the input of the strongest;
    /// the published space's "none", which is never derived, is left out.
    /// </remarks>
    /// <param name="units">The size of a token's vector and of the cell's states. Default 64. The paper trains 850 on the Penn Treebank.</param>
    /// <param name="isPerToken">Whether every token's output counts, as in language models, not their mean. Default false.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is not positive.</exception>
    public static SearchSpace DartsRnn(int units = 64, bool isPerToken = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        var nodes = Enumerable.Range(1, DartsRnnNodes).Select(static node => Setting.OneOf($"node{node}",
            [.. Enumerable.Range(0, node).SelectMany(static input => Enum.GetValues<RecurrentActivation>().Select(activation => new DartsRnnNode(input, activation)))]));
        return RecurrentSpace("dartsRnn", units, new DartsRnnCell(units, new([.. nodes])), isPerToken);
    }

    /// <summary>
    /// The recurrent cells of Zoph &amp; Le (2017), "base 8": a binary tree with eight leaves, each of its fifteen nodes an addition or a product, then identity, tanh, sigmoid or ReLU;
    /// and how and where the memory comes in and leaves: 8¹⁶ · 15², some 6 · 10¹⁶ cells. Tokens are embedded, taken through the cell one after another,
    /// and the outputs averaged. The cell that the paper found: <see cref="NasRlRnnGenotypes"/>.
    /// </summary>
    /// <param name="units">The size of a token's vector and of the cell's nodes. Default 64.</param>
    /// <param name="isPerToken">Whether every token's output counts, as in language models, not their mean. Default false.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is not positive.</exception>
    public static SearchSpace NasRlRnn(int units = 64, bool isPerToken = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        int[] places = [.. Enumerable.Range(0, NasRlTreeNodes)];
        var tree = places.Select(static node => Setting.OneOf<NasRlNode>($"node{node}", NasRlNode.All));
        var cell = new NasRlRnnCell(units, new([.. tree]), Setting.OneOf<NasRlNode>("inject", NasRlNode.All), Setting.OneOf<int>("injectInto", places), Setting.OneOf<int>("memoryFrom", places));
        return RecurrentSpace("nasRlRnn", units, cell, isPerToken);
    }

    private static SearchSpace RecurrentSpace(string name, int units, Operation cell, bool isPerToken)
    {
        var dropout = new Dropout(0.3f);
        Block[] blocks = [new WordDropout(DefaultWordDropout), new Embedding(units), dropout, cell, .. isPerToken ? Array.Empty<Block>() : [new SequencePool(SequencePooling.Mean)], dropout];
        return new SearchSpace(name, new Chain(blocks), ExampleTokens);
    }
}
