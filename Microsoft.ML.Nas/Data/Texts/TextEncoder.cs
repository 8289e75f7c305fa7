using System.Collections.Immutable;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>Turns a text into the ids of its first tokens, as many as the training texts call for.</summary>
internal sealed class TextEncoder : InputEncoder
{
    /// <summary>The name that token ids have in the graph of <see cref="Emit"/>: Int64 <c>[N, length]</c>.</summary>
    public const string TokenIds = "features/Reshape_1";

    private readonly TokenShape _shape;

    /// <param name="plan">The columns.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="length">The number of ids; longer texts are cut.</param>
    public TextEncoder(ColumnPlan plan, TextVocabulary vocabulary, int length) : base(plan)
    {
        Vocabulary = vocabulary;
        _shape = new(length, vocabulary.Count);
    }

    /// <summary>The words.</summary>
    public TextVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public override Shape Shape => _shape;

    /// <inheritdoc/>
    public override ImmutableArray<int> Dimensions => _shape.Dimensions;

    /// <inheritdoc/>
    public override Tensor Encode(RawRows rows, ReadOnlySpan<int> which)
    {
        if (which.IsEmpty) return empty(0, _shape.Length, ScalarType.Int32);
        var ids = new int[checked(which.Length * _shape.Length)];
        for (var i = 0; i < which.Length; i++) Vocabulary.Encode(((RawTexts)rows)[which[i]], ids.AsSpan(i * _shape.Length, _shape.Length));
        return tensor(ids, [which.Length, _shape.Length]);
    }

    /// <inheritdoc/>
    public override RowEncoder CreateRowEncoder(DataViewRow row) => new TextRowEncoder(row, Plan.Features[0], Vocabulary);

    /// <inheritdoc/>
    /// <remarks>Text goes in, as for other columns: ONNX Runtime's own operators find the tokens.</remarks>
    public override GraphValue Emit(GraphBuilder graph)
    {
        var text = graph.Input(Plan.Features[0].Name, ElementType.String, "N", 1);
        using var scope = graph.Scope("features");
        var tokens = graph.Tokenizer(graph.ToLower(graph.Reshape(text, -1)), TokenCharacters.Expression);
        // What fills up shorter rows is the empty string, which is no token.
        string[] words = ["", .. Vocabulary.Words];
        long[] ids = [TokenShape.Padding, .. Enumerable.Range(TokenShape.Unknown + 1, Vocabulary.Words.Length)];
        var found = graph.LabelEncoder<string, long>(tokens, words, ids, TokenShape.Unknown);
        var rows = graph.Slice(graph.Shape(text), axis: 0, start: 0, end: 1);
        var padding = graph.Expand(graph.Constant((long)TokenShape.Padding), graph.Concat(0, rows, graph.Constant([(long)_shape.Length])));
        var cut = graph.Slice(graph.Concat(1, found, padding), axis: 1, start: 0, end: _shape.Length);
        var fixedLength = graph.Reshape(cut, -1, _shape.Length);
        return graph.Cast(fixedLength, ElementType.Float);
    }

    /// <inheritdoc/>
    public override ModelDescription AddTo(ModelDescription description) => description with { Text = new(_shape.Length, [.. Vocabulary.Words]) };
}
