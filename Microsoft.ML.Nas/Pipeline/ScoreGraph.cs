using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>From what a network gives to what a model answers, as ONNX nodes: the twin of <see cref="PredictionGetters"/>.</summary>
internal static class ScoreGraph
{
    /// <summary>
    /// Adds the outputs: <c>PredictedLabel [N, 1]</c>, <c>Score</c> and <c>Probability</c>, <c>[N, 1]</c> or <c>[N, classes]</c>; for
    /// regression <c>Score [N, 1]</c> alone. An output whose name an input has already gets an underscore at its end.
    /// </summary>
    public static void Emit(GraphBuilder graph, ColumnPlan plan, KeyValues? keyValues, GraphValue prediction)
    {
        var taken = plan.Features.Select(static column => column.Name).ToHashSet();
        if (plan.Task == LearningTask.Regression)
        {
            graph.Output(Free(ScoreColumns.Score, taken), prediction);
            return;
        }
        var isBinary = plan.Task == LearningTask.BinaryClassification;
        graph.Output(Free(ScoreColumns.PredictedLabel, taken), isBinary ? BinaryLabel(graph, plan.Label, keyValues, prediction) : Label(graph, keyValues, graph.ArgMax(prediction, axis: 1)));
        graph.Output(Free(ScoreColumns.Score, taken), isBinary ? Logit(graph, prediction) : graph.Identity(prediction));
        graph.Output(Free(ScoreColumns.Probability, taken), prediction);
    }

    private static GraphValue Logit(GraphBuilder graph, GraphValue probability)
    {
        var clipped = graph.Clip(probability, PredictionGetters.LeastProbability, 1 - PredictionGetters.LeastProbability);
        return graph.Log(graph.Div(clipped, graph.Sub(graph.Constant(1f), clipped)));
    }

    private static GraphValue BinaryLabel(GraphBuilder graph, LabelColumn label, KeyValues? keyValues, GraphValue probability)
    {
        var isPositive = graph.Greater(probability, graph.Constant(0.5f));
        return label.IsKey ? Label(graph, keyValues, graph.Cast(isPositive, ElementType.Int64)) : isPositive;
    }

    /// <summary>The label value of a class: what its key stands for, or the key itself, counted from 1.</summary>
    private static GraphValue Label(GraphBuilder graph, KeyValues? keyValues, GraphValue classes) => keyValues is null
        ? graph.Add(classes, graph.Constant(1L))
        : graph.Gather(Table(graph, keyValues), classes);

    private static GraphValue Table(GraphBuilder graph, KeyValues keyValues) => keyValues.Values switch
    {
        string[] values => graph.Constant(values),
        float[] values => graph.Constant(values),
        double[] values => graph.Constant(values),
        bool[] values => graph.Constant(values),
        // GetType: the runtime lets an int[] pass for a uint[], and the other way round.
        var values when values.GetType() == typeof(ulong[]) => graph.Constant([.. keyValues.Texts]),
        var values => graph.Constant([.. values.Cast<object>().Select(Convert.ToInt64)]),
    };

    private static string Free(string name, HashSet<string> taken)
    {
        while (!taken.Add(name)) name += "_";
        return name;
    }
}
