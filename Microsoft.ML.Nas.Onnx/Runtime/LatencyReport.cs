namespace Microsoft.ML.Nas.Onnx;

/// <summary>How fast a model scores.</summary>
/// <param name="P50">Half of the single rows took no longer.</param>
/// <param name="P90">90 of 100 single rows took no longer.</param>
/// <param name="P99">99 of 100 single rows took no longer.</param>
/// <param name="Runs">Single rows timed.</param>
/// <param name="RowsPerSecond">Rows scored in a second, in batches of <paramref name="BatchSize"/>.</param>
/// <param name="BatchSize">Rows of a batch.</param>
public sealed record LatencyReport(TimeSpan P50, TimeSpan P90, TimeSpan P99, int Runs, double RowsPerSecond, int BatchSize)
{
    /// <summary>For example <c>p50 4.3 µs, p90 4.6 µs, p99 9.0 µs (100000 runs); 1290000 rows/s in batches of 1024</c>.</summary>
    public override string ToString() =>
        $"p50 {P50.TotalMicroseconds:0.0} µs, p90 {P90.TotalMicroseconds:0.0} µs, p99 {P99.TotalMicroseconds:0.0} µs ({Runs} runs); {RowsPerSecond:0} rows/s in batches of {BatchSize}";
}
