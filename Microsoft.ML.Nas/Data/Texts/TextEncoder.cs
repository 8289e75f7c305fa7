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
        for (var i = 0; i < which.Length; i++) Vocabulary.Encode(((RawTexts)rows)[which[i]].Read(), ids.AsSpan(i * _shape.Length, _shape.Length));
        return tensor(ids, [which.Length, _shape.Length]);
    }

    /// <inheritdoc/>
    public override RowEncoder CreateRowEncoder(DataViewRow row) => new TextRowEncoder(row, Plan.Features[0], Vocabulary);

    /// <inheritdoc/>
    /// <remarks>Text goes in, as for other columns: ONNX Runtime's own operators find the tokens. Tokens go in as <c>[N, tokens]</c>, as many as there are, filled up with empty ones.</remarks>
    public override GraphValue Emit(GraphBuilder graph)
    {
        var isVector = Plan.Features[0].IsVector;
        var text = graph.Input(Plan.Features[0].Name, ElementType.String, "N", isVector ? "tokens" : 1);
        using var scope = graph.Scope("features");
        var flat = graph.Reshape(isVector ? Cut(text, graph.Constant("")) : text, -1);
        if (!Vocabulary.KeepsCase) flat = graph.ToLower(flat);
        // What fills up shorter rows is the empty string, which is no token.
        string[] words = ["", .. Vocabulary.Words];
        long[] ids = [TokenShape.Padding, .. Enumerable.Range(TokenShape.Unknown + 1, Vocabulary.Words.Length)];
        var found = graph.LabelEncoder<string, long>(isVector ? flat : graph.Tokenizer(flat, TokenCharacters.Expression), words, ids, TokenShape.Unknown);
        var fixedLength = graph.Reshape(isVector ? found : Cut(found, graph.Constant((long)TokenShape.Padding)), -1, _shape.Length);
        return graph.Cast(fixedLength, ElementType.Float);

        // Rows of as many values as the network takes.
        GraphValue Cut(GraphValue values, GraphValue padding)
        {
            var rows = graph.Slice(graph.Shape(text), axis: 0, start: 0, end: 1);
            var filling = graph.Expand(padding, graph.Concat(0, rows, graph.Constant([(long)_shape.Length])));
            return graph.Slice(graph.Concat(1, values, filling), axis: 1, start: 0, end: _shape.Length);
        }
    }

    /// <inheritdoc/>
    public override ModelDescription AddTo(ModelDescription description) => description with { Text = new(_shape.Length, [.. Vocabulary.Words], Vocabulary.KeepsCase) };
}
