using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>What a network says of rows: probabilities, or predictions in the label's own unit.</summary>
/// <param name="values">Row-major, <c>[rows, columns]</c>.</param>
/// <param name="columns">1 for two classes (the positive one's probability) and regression, else the number of classes.</param>
internal sealed class Predictions(float[] values, int columns)
{
    private const int ChunkRows = 2048;

    /// <summary>Of wide rows fewer are taken at a time: their activations should stay in the processor's caches.</summary>
    private const int ChunkValues = 1 << 18;

    public float[] Values { get; } = values;

    public int Columns { get; } = columns;

    public int Rows => Values.Length / Columns;

    public bool AreFinite => Values.All(float.IsFinite);

    /// <summary>The most probable class of a row and its probability; the first of equal ones. Not for regression.</summary>
    public (int Class, float Probability) MostProbable(int row)
    {
        if (Columns == 1) return Values[row] > 0.5f ? (1, Values[row]) : (0, 1 - Values[row]);
        var values = Values.AsSpan(row * Columns, Columns);
        var best = 0;
        for (var i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return (best, values[best]);
    }

    /// <summary>Predicts in eval mode; a network's training mode is restored.</summary>
    /// <param name="module">What is put into eval mode.</param>
    /// <param name="forward">From features <c>[rows, ...]</c> to <c>[rows, members, outputs]</c>.</param>
    /// <param name="target">What the outputs mean.</param>
    /// <param name="features">Encoded rows, <c>[rows, ...]</c>.</param>
    public static Predictions Of(Module module, Func<Tensor, Tensor> forward, Target target, Tensor features)
    {
        var rows = features.shape[0];
        var values = new float[rows * target.Outputs];
        var wasTraining = module.training;
        module.eval();
        try
        {
            using var none = no_grad();
            var chunkRows = Math.Clamp(ChunkValues / Math.Max(1, features.numel() / Math.Max(1, rows)), 16, ChunkRows);
            for (var start = 0L; start < rows; start += chunkRows)
            {
                using var scope = NewDisposeScope();
                var chunk = features.narrow(0, start, Math.Min(chunkRows, rows - start));
                var averaged = Average(target, forward(chunk)).cpu().contiguous();
                averaged.data<float>().CopyTo(values, (int)(start * target.Outputs));
            }
        }
        finally
        {
            module.train(wasTraining);
        }
        return new(values, target.Outputs);
    }

    /// <summary>From <c>[rows, members, outputs]</c> to <c>[rows, outputs]</c>: the members' mean probability or prediction.</summary>
    private static Tensor Average(Target target, Tensor outputs) => target.Task switch
    {
        LearningTask.BinaryClassification => outputs.sigmoid().mean([1]),
        LearningTask.MulticlassClassification => outputs.softmax(-1).mean([1]),
        _ => outputs.mean([1]) * target.Scale + target.Mean,
    };

    /// <summary>The mean of several networks' predictions.</summary>
    public static Predictions Mean(IReadOnlyList<Predictions> all)
    {
        if (all.Count == 1) return all[0];
        var mean = new float[all[0].Values.Length];
        foreach (var one in all)
            for (var i = 0; i < mean.Length; i++) mean[i] += one.Values[i] / all.Count;
        return new(mean, all[0].Columns);
    }
}
