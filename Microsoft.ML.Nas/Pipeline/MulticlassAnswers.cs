using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary><c>PredictedLabel</c> (a key) and <c>Score</c> (a probability per class).</summary>
internal sealed class MulticlassAnswers(LabelColumn label, KeyValues? keyValues) : ModelAnswers
{
    private readonly PredictedKeys _keys = new(label, keyValues);

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns =>
        [_keys.Column(PredictedLabel), new(Score, new VectorDataViewType(NumberDataViewType.Single, _keys.Classes), SlotNames())];

    public override Delegate Getter(string column, IPredictionSource source) => column == Score
        ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(source.Current, ref value))
        : _keys.Getter(source, PredictedKeys.MostProbable);

    /// <remarks><c>PredictedLabel [N, 1]</c>; <c>Score</c> and the same as <c>Probability</c>, <c>[N, classes]</c>.</remarks>
    public override IEnumerable<(string Name, GraphValue Value)> Emit(GraphBuilder graph, GraphValue prediction)
    {
        yield return (PredictedLabel, _keys.Emit(graph, graph.ArgMax(prediction, axis: 1)));
        yield return (Score, graph.Identity(prediction));
        yield return (Probability, prediction);
    }

    private DataViewSchema.Annotations? SlotNames()
    {
        if (keyValues is null) return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        var names = keyValues.Texts.Select(static text => text.AsMemory()).ToArray();
        annotations.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> values) => new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo(ref values));
        return annotations.ToAnnotations();
    }
}
