using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary><c>PredictedLabel</c>, <c>Score</c> (log-odds) and <c>Probability</c> of the positive class.</summary>
internal sealed class BinaryAnswers(LabelColumn label, KeyValues? keyValues) : ModelAnswers
{
    /// <summary>Probabilities this near to 0 or 1 have the score of one at this distance, so that scores are finite.</summary>
    private const float LeastProbability = 1e-7f;

    private readonly PredictedKeys? _keys = label.IsKey ? new(label, keyValues) : null;

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns =>
    [
        _keys?.Column(PredictedLabel) ?? new(PredictedLabel, BooleanDataViewType.Instance),
        new(Score, NumberDataViewType.Single),
        new(Probability, NumberDataViewType.Single),
    ];

    public override Delegate Getter(string column, IPredictionSource source) => column switch
    {
        Score => (ValueGetter<float>)((ref float value) => value = Logit(source.Current[0])),
        Probability => (ValueGetter<float>)((ref float value) => value = source.Current[0]),
        _ => _keys?.Getter(source, static values => IsPositive(values[0]) ? 1 : 0) ?? (ValueGetter<bool>)((ref bool value) => value = IsPositive(source.Current[0])),
    };

    /// <remarks><c>[N, 1]</c> each.</remarks>
    public override IEnumerable<(string Name, GraphValue Value)> Emit(GraphBuilder graph, GraphValue prediction)
    {
        var isPositive = graph.Greater(prediction, graph.Constant(0.5f));
        yield return (PredictedLabel, _keys?.Emit(graph, graph.Cast(isPositive, ElementType.Int64)) ?? isPositive);
        var clipped = graph.Clip(prediction, LeastProbability, 1 - LeastProbability);
        yield return (Score, graph.Log(graph.Div(clipped, graph.Sub(graph.Constant(1f), clipped))));
        yield return (Probability, prediction);
    }

    /// <summary>The log-odds of a probability.</summary>
    private static float Logit(float probability)
    {
        var clipped = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return MathF.Log(clipped / (1 - clipped));
    }

    private static bool IsPositive(float probability) => probability > 0.5f;
}
