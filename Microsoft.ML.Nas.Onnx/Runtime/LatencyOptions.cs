namespace Microsoft.ML.Nas.Onnx;

/// <summary>How long <see cref="LatencyMeter"/> measures, and with what.</summary>
public sealed record LatencyOptions
{
    /// <summary>Rows of a batch for the throughput. Default: 1024.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Time that each of the two measurements runs before it counts. Default: 0.2 s.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Time that each of the two measurements counts, except that one run is always finished. Default: 1 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most single rows that are timed. Default: 100,000.</summary>
    public int MaxRuns { get; init; } = 100_000;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
