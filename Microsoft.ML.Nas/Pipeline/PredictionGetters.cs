using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas;

/// <summary>Makes the getters of the columns that a model adds, out of what its network gives.</summary>
internal static class PredictionGetters
{
    /// <summary>Probabilities this near to 0 or 1 have the score of one at this distance, so that scores are finite.</summary>
    public const float LeastProbability = 1e-7f;

    /// <summary>The getter of a column, a <see cref="ValueGetter{TValue}"/> of the column's raw type.</summary>
    public static Delegate Create(string column, LearningTask task, LabelColumn label, IPredictionSource source) => (column, task) switch
    {
        (ScoreColumns.Score, LearningTask.BinaryClassification) => (ValueGetter<float>)((ref float value) => value = Logit(source.Current[0])),
        (ScoreColumns.Score, LearningTask.Regression) => (ValueGetter<float>)((ref float value) => value = source.Current[0]),
        (ScoreColumns.Score, _) => Vector(source),
        (ScoreColumns.Probability, _) => (ValueGetter<float>)((ref float value) => value = source.Current[0]),
        (ScoreColumns.PredictedLabel, _) when !label.IsKey => (ValueGetter<bool>)((ref bool value) => value = IsPositive(source.Current[0])),
        (ScoreColumns.PredictedLabel, LearningTask.BinaryClassification) => Key(label.RawType, source, static values => IsPositive(values[0]) ? 1 : 0),
        (ScoreColumns.PredictedLabel, _) => Key(label.RawType, source, static values => MostProbable(values)),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "A model adds no such column."),
    };

    /// <summary>The log-odds of a probability.</summary>
    public static float Logit(float probability)
    {
        var clipped = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return MathF.Log(clipped / (1 - clipped));
    }

    private static bool IsPositive(float probability) => probability > 0.5f;

    /// <summary>The first class of the greatest probability.</summary>
    private static int MostProbable(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        return best;
    }

    private static ValueGetter<VBuffer<float>> Vector(IPredictionSource source) => (ref VBuffer<float> value) =>
    {
        var scores = source.Current;
        var editor = VBufferEditor.Create(ref value, scores.Length);
        scores.CopyTo(editor.Values);
        value = editor.Commit();
    };

    private static Delegate Key(Type rawType, IPredictionSource source, ClassOf classOf) => Type.GetTypeCode(rawType) switch
    {
        TypeCode.Byte => Key<byte>(source, classOf),
        TypeCode.UInt16 => Key<ushort>(source, classOf),
        TypeCode.UInt32 => Key<uint>(source, classOf),
        _ => Key<ulong>(source, classOf),
    };

    private static ValueGetter<T> Key<T>(IPredictionSource source, ClassOf classOf) where T : INumberBase<T> =>
        (ref T value) => value = T.CreateChecked(classOf(source.Current) + 1);

    private delegate int ClassOf(ReadOnlySpan<float> values);
}
