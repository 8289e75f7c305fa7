using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas;

/// <summary>The usual objectives beside the metric.</summary>
public static class Objectives
{
    /// <summary>The number of trained values.</summary>
    /// <param name="limit">The most that is allowed. Default null: no limit.</param>
    public static Objective Parameters(double? limit = null) => new CostObjective("parameters", static cost => cost.Parameters) { Limit = limit };

    /// <summary>The number of multiply-adds per row.</summary>
    /// <param name="limit">The most that is allowed. Default null: no limit.</param>
    public static Objective Macs(double? limit = null) => new CostObjective("multiply-adds", static cost => cost.Macs) { Limit = limit };

    /// <summary>
    /// The most bytes that activations of one row hold at one time, when the exported graph runs node by node: see
    /// <see cref="Onnx.GraphBuilder.PeakActivationBytes"/>.
    /// </summary>
    /// <param name="limit">The most that is allowed, in bytes. Default null: no limit.</param>
    public static Objective PeakMemory(double? limit = null) => new GraphObjective("peak memory", static context => context.Graph.PeakActivationBytes()) { Limit = limit };

    /// <summary>The size of the exported network, in bytes, without the encoding of raw columns.</summary>
    /// <param name="limit">The most that is allowed. Default null: no limit.</param>
    public static Objective ModelBytes(double? limit = null) => new GraphObjective("model bytes", static context => context.Model.ToBytes().Length) { Limit = limit };

    /// <summary>
    /// The median time that ONNX Runtime takes to score one encoded row, in milliseconds, on this machine. Measured, so that a search with
    /// this objective is not repeatable to the last digit.
    /// </summary>
    /// <param name="limit">The most that is allowed. Default null: no limit.</param>
    /// <param name="threads">The number of threads that score. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public static Objective Latency(double? limit = null, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new LatencyObjective(threads) { Limit = limit };
    }
}
