namespace Microsoft.ML.Nas.Onnx;

/// <summary>How an <see cref="OnnxSession"/> computes.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>What to compute with. Default: the processor. What a GPU cannot do, the processor does.</summary>
    public ExecutionProvider Provider { get; init; }

    /// <summary>Which GPU, from 0. Default: 0. Without meaning for the processor.</summary>
    public int DeviceId { get; init; }

    /// <summary>Threads that work on one operator. Default: 0, which leaves it to ONNX Runtime (one a core). With 1 results repeat bit by bit.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>
    /// Idle threads spin while they wait for work. Default: false, which costs some microseconds a call on large models
    /// and keeps the cores free for everything else in the process.
    /// </summary>
    public bool AllowSpinning { get; init; }
}
