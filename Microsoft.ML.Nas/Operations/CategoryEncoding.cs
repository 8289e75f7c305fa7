using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Category codes as features: one-hot for columns of at most <see cref="OneHotLimit"/> codes, a learned embedding for the others.
/// Every encoding of a table row uses it for its categorical part.
/// </summary>
/// <remarks>Embeddings have min(32, ⌈1.6 · codes^0.56⌉) values, fastai's rule. Input: <c>[batch, columns]</c> codes as floats.</remarks>
internal sealed class CategoryEncoding : Module<Tensor, Tensor>
{
    public const int OneHotLimit = 32;
    private readonly (int Column, int Codes)[] _oneHot;
    private readonly (int Column, int Codes, int Size)[] _embedded;
    private readonly Parameter[] _tables;

    public CategoryEncoding(TableShape input) : base(nameof(CategoryEncoding))
    {
        var columns = input.Cardinalities.Select(static (codes, column) => (Column: column, Codes: codes)).ToArray();
        _oneHot = [.. columns.Where(static column => column.Codes <= OneHotLimit)];
        _embedded = [.. columns.Where(static column => column.Codes > OneHotLimit).Select(static column => (column.Column, column.Codes, EmbeddingSize(column.Codes)))];
        _tables = [.. _embedded.Select(static column => Parameter(init.normal_(empty(column.Codes, column.Size), 0, 1 / Math.Sqrt(column.Size))))];
        for (var i = 0; i < _tables.Length; i++) register_parameter($"table{i}", _tables[i]);
        if (_oneHot.Length == 0) return;
        register_buffer("slot_columns", tensor(SlotColumns));
        register_buffer("slot_codes", tensor(SlotCodes));
    }

    private long[] SlotColumns => [.. _oneHot.SelectMany(static column => Enumerable.Repeat((long)column.Column, column.Codes))];

    private float[] SlotCodes => [.. _oneHot.SelectMany(static column => Enumerable.Range(0, column.Codes).Select(static code => (float)code))];

    /// <summary>The number of features that the categories become.</summary>
    public static int OutputFeatures(TableShape input) => input.Cardinalities.Sum(static codes => codes <= OneHotLimit ? codes : EmbeddingSize(codes));

    /// <summary>The number of trained values.</summary>
    public static long Parameters(TableShape input) => input.Cardinalities.Where(static codes => codes > OneHotLimit).Sum(static codes => (long)codes * EmbeddingSize(codes));

    public override Tensor forward(Tensor codes)
    {
        var parts = new List<Tensor>(1 + _tables.Length);
        if (_oneHot.Length > 0)
            parts.Add(codes.index_select(1, get_buffer("slot_columns")!).eq(get_buffer("slot_codes")!).to_type(codes.dtype));
        for (var i = 0; i < _tables.Length; i++)
            parts.Add(get_parameter($"table{i}")!.index_select(0, codes.select(1, _embedded[i].Column).to_type(ScalarType.Int64)));
        return parts.Count == 1 ? parts[0] : cat(parts, 1);
    }

    /// <param name="graph">The graph.</param>
    /// <param name="row">The whole row.</param>
    /// <param name="firstColumn">Where the codes begin in it.</param>
    public GraphValue Emit(GraphBuilder graph, GraphValue row, int firstColumn)
    {
        var parts = new List<GraphValue>();
        if (_oneHot.Length > 0)
        {
            var slots = graph.Gather(row, graph.Constant([.. SlotColumns.Select(column => firstColumn + column)], SlotColumns.Length), axis: 1);
            parts.Add(graph.Cast(graph.Equal(slots, graph.Constant(SlotCodes, SlotCodes.Length)), ElementType.Float));
        }
        for (var i = 0; i < _tables.Length; i++)
        {
            var column = graph.Cast(graph.Gather(row, graph.Constant((long)firstColumn + _embedded[i].Column), axis: 1), ElementType.Int64);
            parts.Add(graph.Gather(graph.Constant(get_parameter($"table{i}")!.ToFloats(), _embedded[i].Codes, _embedded[i].Size), column, axis: 0));
        }
        return parts.Count == 1 ? parts[0] : graph.Concat(1, [.. parts]);
    }

    private static int EmbeddingSize(int codes) => (int)Math.Min(32, Math.Ceiling(1.6 * Math.Pow(codes, 0.56)));
}
