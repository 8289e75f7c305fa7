using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>
/// Runs a model's network over buffers of its own. One runner serves one cursor or row. A bound network that takes fewer rows than there may be
/// is run several times, on rows of similar length: what texts end with is zeros, and the network leaves out what is zero in all its rows.
/// </summary>
/// <param name="runner">The bound network; owned.</param>
/// <param name="capacity">The most rows of a run.</param>
internal sealed class NetworkRunner(BoundRunner runner, int capacity) : IDisposable
{
    private readonly int _width = Width(runner.Inputs);
    private readonly int _outputs = Width(runner.Outputs);
    private readonly float[] _predictions = new float[capacity * Width(runner.Outputs)];
    private readonly float[]? _rows = capacity > runner.Capacity ? new float[capacity * Width(runner.Inputs)] : null;

    /// <summary>The place for a row's encoded features.</summary>
    public Span<float> Features(int row) => (_rows is null ? runner.Input<float>(0) : _rows).Slice(row * _width, _width);

    /// <summary>Runs the network over the first rows.</summary>
    public void Run(int rows)
    {
        if (_rows is not null)
        {
            RunSimilar(rows);
            return;
        }
        runner.Run(rows);
        runner.Output<float>(0).CopyTo(_predictions);
    }

    /// <summary>What the network gave for a row.</summary>
    public ReadOnlySpan<float> Row(int row) => _predictions.AsSpan(row * _outputs, _outputs);

    /// <inheritdoc/>
    public void Dispose() => runner.Dispose();

    private void RunSimilar(int rows)
    {
        var (lengths, order) = (new int[rows], new int[rows]);
        for (var row = 0; row < rows; row++) (lengths[row], order[row]) = (Features(row).LastIndexOfAnyExcept(0f), row);
        Array.Sort(lengths, order);
        foreach (var group in order.Chunk(runner.Capacity))
        {
            var input = runner.Input<float>(0);
            for (var i = 0; i < group.Length; i++) Features(group[i]).CopyTo(input[(i * _width)..]);
            runner.Run(group.Length);
            var output = runner.Output<float>(0);
            for (var i = 0; i < group.Length; i++) output.Slice(i * _outputs, _outputs).CopyTo(_predictions.AsSpan(group[i] * _outputs));
        }
    }

    private static int Width(IEnumerable<ValueInfo> values) => checked((int)values.Single().Shape!.Skip(1).Aggregate(1L, static (product, dimension) => product * dimension.Size!.Value));
}
