using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>Holds an exported model, raw columns in, against the trained network's answers.</summary>
internal static class ParityCheck
{
    /// <summary>At most this many rows are compared.</summary>
    public const int MaximumRows = 1000;

    /// <summary>Probabilities, and predictions in standard deviations of the label, may differ by this much.</summary>
    public const double Limit = 1e-4;

    /// <summary>Runs the model in ONNX Runtime and compares.</summary>
    /// <param name="expected">The network's probabilities or predictions, row-major.</param>
    /// <param name="model">The exported model.</param>
    /// <param name="raw">The raw rows.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="scale">What differences are measured in: 1 for probabilities, the label's standard deviation for predictions.</param>
    /// <param name="threads">The number of threads; 0 for all cores.</param>
    /// <exception cref="ModelMismatchException">The answers differ by more than <see cref="Limit"/>.</exception>
    public static ComparisonReport Run(float[] expected, OnnxModel model, RawRows raw, ReadOnlySpan<int> rows, float scale, int threads)
    {
        using var session = new OnnxSession(model, new() { IntraOpThreads = threads });
        // The last output: Probability, or the Score of a regression.
        var output = session.Outputs[^1].Name;
        var actual = session.Run(raw.Tensors(rows), output)[output].As<float>().Values.ToArray();
        return ModelVerifier.Compare(Scores(expected, rows.Length), Scores(actual, rows.Length), new Tolerance(Limit)).ThrowIfDifferent();

        Dictionary<string, OnnxTensor<float>> Scores(float[] values, int count) =>
            new() { [output] = OnnxTensor.Create(Array.ConvertAll(values, value => value / scale), count, values.Length / count) };
    }
}
