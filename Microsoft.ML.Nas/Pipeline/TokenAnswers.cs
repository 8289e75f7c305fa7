using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>
/// For every token: <c>PredictedLabel</c> (a key), and in <c>Score</c> a probability per class, those of the first token, then those of the second, and so on. Both
/// have as many as the text has tokens, or as networks read. Where there is no token, networks give zeros.
/// </summary>
internal sealed class TokenAnswers(LabelColumn label, KeyValues? keyValues) : ModelAnswers
{
    private readonly PredictedKeys _keys = new(label, keyValues);

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns =>
        [_keys.Column(PredictedLabel), new(Score, new VectorDataViewType(NumberDataViewType.Single))];

    public override Delegate Getter(string column, IPredictionSource source) => column == Score
        ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(source.Current[..(Tokens(source) * _keys.Classes)], ref value))
        : _keys.Getter(source, Tokens);

    /// <remarks><c>PredictedLabel [N, tokens]</c>, an empty text or 0 where there is no token; <c>Score [N, tokens, classes]</c>.</remarks>
    public override IEnumerable<(string Name, GraphValue Value)> Emit(GraphBuilder graph, GraphValue prediction)
    {
        var isToken = graph.Greater(graph.ReduceMax(prediction, axes: [2], keepDims: false), graph.Constant(0f));
        var keys = graph.Mul(graph.Add(graph.ArgMax(prediction, axis: 2, keepDims: false), graph.Constant(1L)), graph.Cast(isToken, ElementType.Int64));
        yield return (PredictedLabel, _keys.EmitOfKeys(graph, keys));
        yield return (Score, prediction);
    }

    private int Tokens(IPredictionSource source)
    {
        var last = source.Current.LastIndexOfAnyExcept(0f);
        return last / _keys.Classes + (last < 0 ? 0 : 1);
    }
}
