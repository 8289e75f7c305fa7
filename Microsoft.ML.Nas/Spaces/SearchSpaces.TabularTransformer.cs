using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

public static partial class SearchSpaces
{
    /// <summary>
    /// Transformers for tables: FT-Transformer (Gorishniy 2021). Every column becomes a token; up to four pre-normalised blocks of attention and ReGLU feed-forward
    /// follow; the class token, normalised and rectified, is what the head sees. Width, heads, expansion, depth and dropout are searched.
    /// </summary>
    /// <remarks>Costlier than <see cref="Tabular"/> by far: attention grows with the square of the number of columns.</remarks>
    /// <param name="widths">The sizes of a column's vector to choose from, multiples of 8. Default 64, 96, 128.</param>
    /// <param name="maxBlocks">The largest number of blocks. Default 4.</param>
    /// <exception cref="ArgumentException">A width is not a positive multiple of 8, there are none, or no block is allowed.</exception>
    public static SearchSpace TabularTransformer(IReadOnlyList<int>? widths = null, int maxBlocks = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBlocks, 1);
        int[] units = [.. widths ?? [64, 96, 128]];
        if (units.Length == 0 || units.Any(static width => width <= 0 || width % 8 != 0))
            throw new ArgumentException($"Widths must be positive multiples of 8; given were: {string.Join(", ", units)}.", nameof(widths));
        var dropout = new Dropout(Setting.Shared("dropout", 0.1f, 0f, 0.25f).AsRegularization());
        Block Branch(Operation operation) => new Residual(new Chain(new LayerNorm(), operation, dropout));
        var block = new Chain(
            Branch(new MultiHeadSelfAttention(Setting.OneOf("heads", 8, 4))),
            Branch(new FeedForward(Setting.OneOf("expansion", 1, 2), FeedForwardActivation.Reglu)));
        var root = new Chain(
            new FeatureTokenizer(SharedOrFixed("width", units)), new Repeat("blocks", block, 1, maxBlocks),
            new SequencePool(SequencePooling.First), new LayerNorm(), new Relu(), dropout);
        var depth = Math.Min(2, maxBlocks).ToString(System.Globalization.CultureInfo.InvariantCulture);
        IReadOnlyDictionary<string, string> start = maxBlocks > 1 ? new Dictionary<string, string> { ["blocks"] = depth } : new();
        return new SearchSpace("tabularTransformer", root, ExampleTable, start);
    }
}
