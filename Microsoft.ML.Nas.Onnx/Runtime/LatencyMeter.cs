namespace Microsoft.ML.Nas.Onnx;

/// <summary>Measures the latency of single rows and the throughput of batches.</summary>
public static class LatencyMeter
{
    /// <summary>Measures a model whose inputs are numbers through <see cref="OnnxSession.Bind"/>, and any other through <see cref="OnnxSession.Run"/>.</summary>
    /// <param name="session">The model.</param>
    /// <param name="rows">Rows to score, at least one; a batch repeats them as often as it takes.</param>
    /// <param name="options">How long, and with what batch.</param>
    /// <exception cref="ArgumentException"><paramref name="rows"/> is not what the model's inputs ask for, or holds no row.</exception>
    public static LatencyReport Measure(OnnxSession session, IReadOnlyDictionary<string, OnnxTensor> rows, LatencyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        InputRules.Require(session.Inputs, rows);
        int count = rows.Values.Select(tensor => tensor.Shape.IsEmpty ? 0 : (int)tensor.Shape[0]).DefaultIfEmpty().Min();
        if (count == 0)
            throw new ArgumentException("There is no row to score.", nameof(rows));

        var singles = Enumerable.Range(0, Math.Min(count, options.BatchSize)).Select(row => Repeat(rows, row, 1)).ToArray();
        var batch = Repeat(rows, 0, options.BatchSize);
        int next = 0;
        if (session.Inputs.Any(input => input.ElementType == ElementType.String))
            return Measure(() => session.Run(singles[next++ % singles.Length]), () => session.Run(batch), options);

        string[] numbers = [.. session.Outputs.Where(output => output.ElementType != ElementType.String).Select(output => output.Name)];
        using var runner = session.Bind(options.BatchSize, numbers);
        return Measure(() => Run(runner, singles[next++ % singles.Length], 1), () => Run(runner, batch, options.BatchSize), options);
    }

    /// <summary>Measures anything that scores.</summary>
    /// <param name="scoreRow">Scores one row.</param>
    /// <param name="scoreBatch">Scores <see cref="LatencyOptions.BatchSize"/> rows.</param>
    /// <param name="options">How long, and with what batch.</param>
    public static LatencyReport Measure(Action scoreRow, Action scoreBatch, LatencyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scoreRow);
        ArgumentNullException.ThrowIfNull(scoreBatch);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRuns, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WarmUp, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Duration, TimeSpan.Zero, nameof(options));

        long[] times = new long[options.MaxRuns];
        int runs = Repeat(scoreRow, options, times);
        var sorted = times.AsSpan(0, runs);
        sorted.Sort();

        long[] batches = new long[options.MaxRuns];
        int batchRuns = Repeat(scoreBatch, options, batches);
        var batchTime = Elapsed(batches.AsSpan(0, batchRuns).ToArray().Sum(), options);
        return new(
            Percentile(sorted, 0.50, options), Percentile(sorted, 0.90, options), Percentile(sorted, 0.99, options), runs,
            (double)batchRuns * options.BatchSize / batchTime.TotalSeconds, options.BatchSize);
    }

    private static int Repeat(Action action, LatencyOptions options, long[] times)
    {
        var clock = options.TimeProvider;
        long start = clock.GetTimestamp();
        do
        {
            action();
        }
        while (clock.GetElapsedTime(start) < options.WarmUp);

        int runs = 0;
        start = clock.GetTimestamp();
        long before = start;
        do
        {
            action();
            long after = clock.GetTimestamp();
            times[runs++] = after - before;
            before = after;
        }
        while (runs < times.Length && clock.GetElapsedTime(start, before) < options.Duration);
        return runs;
    }

    private static TimeSpan Percentile(ReadOnlySpan<long> sorted, double share, LatencyOptions options) =>
        Elapsed(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], options);

    private static TimeSpan Elapsed(long ticks, LatencyOptions options) => options.TimeProvider.GetElapsedTime(0, ticks);

    private static void Run(BoundRunner runner, Dictionary<string, OnnxTensor> rows, int count)
    {
        foreach (var (name, tensor) in rows)
            runner.Fill(name, tensor);
        runner.Run(count);
    }

    /// <summary><paramref name="count"/> rows from row <paramref name="first"/> on, beginning anew after the last.</summary>
    private static Dictionary<string, OnnxTensor> Repeat(IReadOnlyDictionary<string, OnnxTensor> rows, int first, int count) =>
        rows.ToDictionary(entry => entry.Key, entry => entry.Value.Cycle(first, count), StringComparer.Ordinal);
}
