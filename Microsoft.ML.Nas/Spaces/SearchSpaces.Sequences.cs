using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

public static partial class SearchSpaces
{
    private const float DefaultWordDropout = 0.1f;

    private static TokenShape ExampleTokens => new(16, 100);

    /// <summary>
    /// Networks for texts: tokens are embedded; up to three blocks follow, each a convolution over three or five tokens (Kim 2014), a GRU or LSTM in both
    /// directions, or a Transformer block (Vaswani 2017), all residual and normalised first (Xiong 2020); then mean, largest values, both
    /// (Howard 2018) or attention (Yang 2016) make one vector. Without a block this is the bag of embeddings of fastText (Joulin 2017).
    /// Width, positional encoding, dropout of values and of whole words are searched too.
    /// </summary>
    /// <param name="widths">The sizes of a token's vector to choose from, multiples of 4. Default 64, 128.</param>
    /// <param name="maxBlocks">The largest number of blocks. Default 3.</param>
    /// <exception cref="ArgumentException">A width is not a positive multiple of 4, there are none, or no block is allowed.</exception>
    public static SearchSpace Text(IReadOnlyList<int>? widths = null, int maxBlocks = 3)
    {
        var units = SequenceWidths(widths);
        var (embedding, block, dropout) = SequenceParts(units, maxBlocks);
        var pool = new Choice("pool", PoolOption("mean", SequencePooling.Mean), PoolOption("max", SequencePooling.Max), PoolOption("meanMax", SequencePooling.MeanAndMax), PoolOption("attention", SequencePooling.Attention));
        var root = new Chain(embedding, new Repeat("blocks", block, 0, maxBlocks), pool, dropout);
        return new SearchSpace("text", root, ExampleTokens, TextStarts(maxBlocks));
    }

    /// <summary>
    /// Networks that give every token of a text a label: as <see cref="Text"/>, with one block at least and without pooling (Huang 2015 for the recurrent form).
    /// The prediction head is the same for every token.
    /// </summary>
    /// <remarks>In a pipeline the label column is a vector of keys, one a token: see <see cref="LearningTask.SequenceLabeling"/>.</remarks>
    /// <inheritdoc cref="Text"/>
    public static SearchSpace SequenceLabeling(IReadOnlyList<int>? widths = null, int maxBlocks = 3)
    {
        var units = SequenceWidths(widths);
        var (embedding, block, dropout) = SequenceParts(units, maxBlocks);
        return new SearchSpace("sequenceLabeling", new Chain(embedding, new Repeat("blocks", block, 1, maxBlocks), new LayerNorm(), dropout), ExampleTokens, LabelingStarts);
    }

    private static (string, Block) PoolOption(string label, SequencePooling pooling) => (label, new SequencePool(pooling));

    private static int[] SequenceWidths(IReadOnlyList<int>? widths)
    {
        int[] units = [.. widths ?? [64, 128]];
        return units.Length > 0 && units.All(static width => width > 0 && width % 4 == 0)
            ? units
            : throw new ArgumentException($"Widths must be positive multiples of 4; given were: {string.Join(", ", units)}.", nameof(widths));
    }

    private static (Block Embedding, Block Block, Block Dropout) SequenceParts(int[] widths, int maxBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBlocks, 1);
        var width = SharedOrFixed("width", widths);
        var hidden = widths.Max() / 2;
        var dropout = new Dropout(Setting.Shared("dropout", 0.3f, 0.1f, 0.5f).AsRegularization());
        var words = new WordDropout(Setting.Shared("wordDropout", DefaultWordDropout, 0f, 0.3f).AsRegularization());
        var position = new Choice("position",
            ("none", new Identity()),
            ("sinusoidal", new PositionalEncoding(PositionalEncodingKind.Sinusoidal)),
            ("learned", new PositionalEncoding(PositionalEncodingKind.Learned)));
        var embedding = new Chain(words, new Embedding(width), dropout, position);

        Block Branch(params Block[] blocks) => new Residual(new Chain([new LayerNorm(), .. blocks, dropout]));
        var block = new Choice("block",
            ("conv3", Branch(new Conv1d(width, 3), new Gelu())),
            ("conv5", Branch(new Conv1d(width, 5), new Gelu())),
            ("gru", Branch(new Gru(hidden, IsBidirectional: true), new Linear(width))),
            ("lstm", Branch(new Lstm(hidden, IsBidirectional: true), new Linear(width))),
            ("attention", new Chain(
                Branch(new MultiHeadSelfAttention(Setting.OneOf("heads", 4, 1))),
                Branch(new FeedForward(Setting.OneOf("expansion", 2, 1, 4))))));
        return (embedding, block, dropout);
    }

    /// <summary>A convolution, a recurrent layer in both directions, attention.</summary>
    private static Dictionary<string, string>[] LabelingStarts =>
    [
        new() { ["blocks[0].block"] = "conv3" },
        new() { ["blocks[0].block"] = "lstm" },
        new() { ["blocks[0].block"] = "attention", ["position"] = "sinusoidal" },
    ];

    /// <summary>A bag of words, a convolution, a recurrent layer, attention.</summary>
    private static Dictionary<string, string>[] TextStarts(int maxBlocks)
    {
        var depths = maxBlocks > 0 ? "1" : "0";
        return
        [
            new() { ["blocks"] = "0", ["pool"] = "meanMax" },
            new() { ["blocks"] = depths, ["blocks[0].block"] = "conv3", ["pool"] = "max" },
            new() { ["blocks"] = depths, ["blocks[0].block"] = "gru", ["pool"] = "meanMax" },
            new() { ["blocks"] = depths, ["blocks[0].block"] = "attention", ["pool"] = "mean", ["position"] = "sinusoidal" },
        ];
    }
}
