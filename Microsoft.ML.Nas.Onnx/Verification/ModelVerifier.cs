namespace Microsoft.ML.Nas.Onnx;

/// <summary>Compares scorers that should give the same numbers.</summary>
public static class ModelVerifier
{
    /// <summary>Scores the same rows with both and compares the results value by value.</summary>
    /// <param name="expected">The scorer that is right.</param>
    /// <param name="actual">The scorer in question.</param>
    /// <param name="rows">A tensor for each input, by name.</param>
    /// <param name="tolerance">What is allowed; by default 1e-4 absolute.</param>
    /// <exception cref="ModelMismatchException">The two have different outputs, or outputs of different shapes.</exception>
    public static ComparisonReport Compare(
        IScorer expected, IScorer actual, IReadOnlyDictionary<string, OnnxTensor> rows, Tolerance? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        return Compare(expected.Score(rows), actual.Score(rows), tolerance);
    }

    /// <summary>Compares scores value by value.</summary>
    /// <param name="expected">The scores that are right, by name of output.</param>
    /// <param name="actual">The scores in question, by name of output.</param>
    /// <param name="tolerance">What is allowed; by default 1e-4 absolute.</param>
    /// <exception cref="ModelMismatchException">The two have different outputs, or outputs of different shapes.</exception>
    public static ComparisonReport Compare(
        IReadOnlyDictionary<string, OnnxTensor<float>> expected, IReadOnlyDictionary<string, OnnxTensor<float>> actual, Tolerance? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (!expected.Keys.Order(StringComparer.Ordinal).SequenceEqual(actual.Keys.Order(StringComparer.Ordinal)))
            throw new ModelMismatchException($"The models have different outputs: {string.Join(", ", expected.Keys)} against {string.Join(", ", actual.Keys)}.");

        var report = new ComparisonReport(0, 0, 0, null, null, tolerance ?? new Tolerance());
        foreach (var (name, scores) in expected)
            report = Add(report, name, scores, actual[name]);
        return report;
    }

    private static ComparisonReport Add(ComparisonReport report, string output, OnnxTensor<float> expected, OnnxTensor<float> actual)
    {
        if (!expected.Shape.SequenceEqual(actual.Shape))
            throw new ModelMismatchException($"Output '{output}' has the shape [{string.Join(", ", expected.Shape)}] against [{string.Join(", ", actual.Shape)}].");

        long rows = expected.Shape.IsEmpty ? 1 : expected.Shape[0];
        int width = rows == 0 ? 1 : (int)(expected.Values.Length / rows);
        var (mismatches, absolute, relative) = (0L, report.LargestAbsolute, report.LargestRelative);
        for (int i = 0; i < expected.Values.Length; i++)
        {
            var difference = new ValueDifference(output, i / width, i % width, expected.Span[i], actual.Span[i]);
            if (!report.Tolerance.Accepts(difference))
                mismatches++;
            if (absolute is null || difference.Absolute > absolute.Value.Absolute)
                absolute = difference;
            if (relative is null || difference.Relative > relative.Value.Relative)
                relative = difference;
        }

        return report with
        {
            Rows = Math.Max(report.Rows, rows),
            Values = report.Values + expected.Values.Length,
            Mismatches = report.Mismatches + mismatches,
            LargestAbsolute = absolute,
            LargestRelative = relative,
        };
    }
}
