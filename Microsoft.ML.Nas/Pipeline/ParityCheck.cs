using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>Compares a model in ONNX Runtime, raw columns in, with the network that it was exported from.</summary>
internal static class ParityCheck
{
    /// <summary>At most this many rows are compared.</summary>
    public const int MaximumRows = 1000;

    private const double Limit = 1e-4;

    /// <summary>Compares answers, row by row.</summary>
    /// <param name="expected">The network's answers, row-major.</param>
    /// <param name="actual">ONNX Runtime's answers, row-major.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="scale">What differences are measured in: 1 for probabilities, the label's standard deviation for predictions.</param>
    public static ParityReport Compare(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int rows, float scale)
    {
        if (expected.Length != actual.Length) throw new ArgumentException($"{actual.Length} answers are to be compared with {expected.Length}.", nameof(actual));
        double absolute = 0, relative = 0;
        var worst = 0;
        var outputs = expected.Length / Math.Max(rows, 1);
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs((double)expected[i] - actual[i]);
            // An answer that is no number agrees with nothing.
            if (double.IsNaN(difference)) difference = double.PositiveInfinity;
            if (expected[i] != 0) relative = Math.Max(relative, difference / Math.Abs(expected[i]));
            if (difference / scale <= absolute) continue;
            absolute = difference / scale;
            worst = i / outputs;
        }
        return new(rows, absolute, relative, worst, Limit);
    }

    /// <summary>The answers of an exported model to raw rows: probabilities or predictions, row-major.</summary>
    public static float[] Answers(OnnxModel model, RawTable table, ReadOnlySpan<int> rows, int threads)
    {
        using var session = new OnnxSession(model, new() { IntraOpThreads = threads });
        // The last output: Probability, or the Score of a regression.
        var output = session.Outputs[^1].Name;
        return session.Run(RawTensors.Of(table, rows), output)[output].As<float>().Values.ToArray();
    }

    /// <exception cref="InvalidOperationException">The answers differ by more than is allowed.</exception>
    public static void Require(ParityReport report)
    {
        if (!report.Agrees)
            throw new InvalidOperationException(
                $"ONNX Runtime's answers differ from the trained network's by up to {report.LargestAbsoluteDifference:g3} (row {report.WorstRow} of {report.Rows} compared; at most {report.Limit:g3} is allowed), so the model is not returned. This is a fault of an operation's ONNX export.");
    }
}
