using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>Runs a model's network over buffers of its own. One runner serves one cursor or row.</summary>
/// <param name="runner">The bound network; owned.</param>
internal sealed class NetworkRunner(BoundRunner runner) : IDisposable
{
    private readonly int _width = Width(runner.Inputs);
    private readonly int _outputs = Width(runner.Outputs);
    private readonly float[] _predictions = new float[runner.Capacity * Width(runner.Outputs)];

    /// <summary>The place for a row's encoded features.</summary>
    public Span<float> Features(int row) => runner.Input<float>(0).Slice(row * _width, _width);

    /// <summary>Runs the network over the first rows.</summary>
    public void Run(int rows)
    {
        runner.Run(rows);
        runner.Output<float>(0).CopyTo(_predictions);
    }

    /// <summary>What the network gave for a row.</summary>
    public ReadOnlySpan<float> Row(int row) => _predictions.AsSpan(row * _outputs, _outputs);

    /// <inheritdoc/>
    public void Dispose() => runner.Dispose();

    private static int Width(IEnumerable<ValueInfo> values) => checked((int)values.Single().Shape!.Skip(1).Aggregate(1L, static (product, dimension) => product * dimension.Size!.Value));
}
