using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>What a model answers, made of what its network gives: columns named and typed as ML.NET's own trainers have them, and the same as ONNX outputs. One class a task.</summary>
internal abstract class ModelAnswers
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
    public const string Probability = "Probability";

    /// <summary>The columns that are added.</summary>
    public abstract IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; }

    /// <summary>The answers of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="label">The label column; its predicted twin has the same type.</param>
    /// <param name="keyValues">What the label's keys stand for; null where there are no keys or they stand for themselves.</param>
    public static ModelAnswers Of(LearningTask task, LabelColumn label, KeyValues? keyValues) => task switch
    {
        LearningTask.BinaryClassification => new BinaryAnswers(label, keyValues),
        LearningTask.MulticlassClassification => new MulticlassAnswers(label, keyValues),
        LearningTask.SequenceLabeling => new TokenAnswers(label, keyValues),
        _ => new RegressionAnswers(),
    };

    /// <summary>The getter of a column, a <see cref="ValueGetter{TValue}"/> of the column's raw type.</summary>
    public abstract Delegate Getter(string column, IPredictionSource source);

    /// <summary>Copies values into a column's buffer.</summary>
    private protected static void Copy(ReadOnlySpan<float> values, ref VBuffer<float> buffer)
    {
        var editor = VBufferEditor.Create(ref buffer, values.Length);
        values.CopyTo(editor.Values);
        buffer = editor.Commit();
    }

    /// <summary>The outputs of an exported model; the last one is the network's own.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="prediction">What the network gives, <c>[N, ...]</c>.</param>
    public abstract IEnumerable<(string Name, GraphValue Value)> Emit(GraphBuilder graph, GraphValue prediction);
}
