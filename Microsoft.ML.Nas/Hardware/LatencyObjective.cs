using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Hardware;

/// <summary>The median time of scoring one encoded row with ONNX Runtime.</summary>
internal sealed class LatencyObjective(int threads) : Objective
{
    private static readonly LatencyOptions Short = new() { BatchSize = 1, WarmUp = TimeSpan.FromMilliseconds(20), Duration = TimeSpan.FromMilliseconds(100) };

    public override string Name => "latency ms";

    public override double Measure(ObjectiveContext context)
    {
        using var session = new OnnxSession(context.Model, new OnnxSessionOptions { IntraOpThreads = threads });
        var row = new float[context.Input.Count];
        // A text of nothing but padding would be cut to one token.
        if (context.Input is TokenShape) Array.Fill(row, TokenShape.Unknown);
        var rows = new Dictionary<string, OnnxTensor> { [ObjectiveContext.InputName] = OnnxTensor.Create(row, [1, .. context.Input.Dimensions.Select(static size => (long)size)]) };
        return LatencyMeter.Measure(session, rows, Short).P50.TotalMilliseconds;
    }
}
