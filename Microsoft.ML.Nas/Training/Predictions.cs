using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>What a network says of rows: probabilities, or predictions in the label's own unit.</summary>
/// <param name="values">Row-major, <c>[rows, columns]</c>; of labelled tokens <c>[rows, tokens, columns]</c>, zeros where a text has ended.</param>
/// <param name="columns">1 for two classes (the positive one's probability) and regression, else the number of classes.</param>
internal sealed class Predictions(float[] values, int columns)
{
    private const int ChunkRows = 2048;

    /// <summary>Of wide rows fewer are taken at a time: their activations should stay in the processor's caches.</summary>
    private const int ChunkValues = 1 << 18;

    /// <summary>The tokens, padding included, of texts that are taken at a time.</summary>
    private const int ChunkTokens = 1 << 13;

    public float[] Values { get; } = values;

    public int Columns { get; } = columns;

    public bool AreFinite => Values.All(float.IsFinite);

    /// <summary>The most probable class of a row, or token, and its probability; the first of equal ones. Not for regression.</summary>
    public (int Class, float Probability) MostProbable(int row)
    {
        if (Columns == 1) return Values[row] > 0.5f ? (1, Values[row]) : (0, 1 - Values[row]);
        var values = Values.AsSpan(row * Columns, Columns);
        var best = 0;
        for (var i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return (best, values[best]);
    }

    /// <summary>Predicts in eval mode; a network's training mode is restored. Texts of similar length are taken together.</summary>
    /// <param name="module">What is put into eval mode.</param>
    /// <param name="forward">From features <c>[rows, ...]</c> to what networks give.</param>
    /// <param name="split">What the rows are, and what the outputs mean.</param>
    /// <param name="features">Encoded rows, <c>[rows, ...]</c>.</param>
    /// <param name="cancellation">Looked at before every part of the rows that is computed at a time.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NotSupportedException">The predictions would not fit an array.</exception>
    public static Predictions Of(Module module, Func<Tensor, Tensor> forward, DataSplit split, Tensor features, CancellationToken cancellation = default)
    {
        var outputs = TaskOutputs.Of(split.Target);
        var width = split.Target.Outputs * split.Target.LabelsOf(split.Input);
        if (features.shape[0] * width > Array.MaxLength)
            throw new NotSupportedException($"{features.shape[0]} rows with {width} predicted values each are more than an array holds; score fewer rows at a time, or search with a smaller {nameof(SearchOptions.ValidationFraction)} or shorter texts.");
        var values = new float[features.shape[0] * width];
        var wasTraining = module.training;
        module.eval();
        try
        {
            using var none = no_grad();
            if (TextLengths.Of(split.Input, features) is { } lengths)
            {
                foreach (var rows in TextLengths.Parts(lengths, ChunkTokens, ChunkRows))
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var scope = NewDisposeScope();
                    var answers = Answers(features.index_select(0, tensor(rows, device: features.device)));
                    // Tokens are answered up to the longest of these texts.
                    var answered = answers.Length / rows.Length;
                    for (var i = 0; i < rows.Length; i++) answers.AsSpan(i * answered, answered).CopyTo(values.AsSpan((int)rows[i] * width));
                }
            }
            else
            {
                var count = features.shape[0];
                var chunkRows = Math.Clamp(ChunkValues / Math.Max(1, features.numel() / Math.Max(1, count)), 16, ChunkRows);
                for (var start = 0L; start < count; start += chunkRows)
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var scope = NewDisposeScope();
                    Answers(features.narrow(0, start, Math.Min(chunkRows, count - start))).CopyTo(values, start * width);
                }
            }
        }
        finally
        {
            module.train(wasTraining);
        }
        return new(values, split.Target.Outputs);

        float[] Answers(Tensor chunk) => outputs.Predict(forward(chunk), chunk).cpu().contiguous().data<float>().ToArray();
    }

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
