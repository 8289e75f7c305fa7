using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>How long texts are, so that those that are computed together need little padding.</summary>
internal static class TextLengths
{
    /// <summary>The number of tokens of each row before its padding; null where the rows are no texts.</summary>
    /// <param name="shape">The shape of a row.</param>
    /// <param name="rows">Encoded rows, <c>[rows, ...]</c>.</param>
    public static int[]? Of(Shape shape, Tensor rows)
    {
        if (shape is not TokenShape tokens) return null;
        if (rows.shape[0] == 0) return [];
        using var scope = NewDisposeScope();
        var places = arange(1, tokens.Length + 1, ScalarType.Int32, rows.device);
        return (rows.ne(TokenShape.Padding).to_type(ScalarType.Int32) * places).amax(1).cpu().data<int>().ToArray();
    }
}
