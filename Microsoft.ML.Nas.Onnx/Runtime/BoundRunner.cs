using System.Collections.Immutable;

using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>
/// Runs a model again and again over the same buffers: write rows into <see cref="Input{T}(int)"/>, run, read <see cref="Output{T}(int)"/>.
/// After the first run with a number of rows, runs with that number allocate nothing. Not safe for use from several threads: give each its own.
/// </summary>
public sealed class BoundRunner : IDisposable
{
    // Bindings kept for numbers of rows other than the capacity: enough for single rows, rests and doubling batches.
    private const int MaxBindings = 32;

    private readonly OnnxSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly ImmutableArray<BoundBuffer> _inputs;
    private readonly ImmutableArray<BoundBuffer> _outputs;
    private readonly Dictionary<int, RowBinding> _bindings = [];
    private int _rows;
    private long _runs;
    private bool _disposed;

    internal BoundRunner(OnnxSession session, int capacity, ReadOnlySpan<string> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _session = session;
        Capacity = capacity;
        _inputs = [.. session.Inputs.Select(input => new BoundBuffer(input, capacity, isInput: true))];
        string[] wanted = outputs.IsEmpty ? [.. session.Outputs.Select(output => output.Name)] : outputs.ToArray();
        _outputs = [.. wanted.Select(name => new BoundBuffer(Output(session, name), capacity, isInput: false))];
    }

    /// <summary>The most rows of one run.</summary>
    public int Capacity { get; }

    /// <summary>The model's inputs, in order.</summary>
    public IEnumerable<ValueInfo> Inputs => _inputs.Select(buffer => buffer.Info);

    /// <summary>The outputs that are bound, in order.</summary>
    public IEnumerable<ValueInfo> Outputs => _outputs.Select(buffer => buffer.Info);

    /// <summary>The buffer of a Float input: <see cref="Capacity"/> rows, one after another. It stays the same memory.</summary>
    public Span<float> Input(string name) => Input<float>(name);

    /// <summary>The buffer of an input: <see cref="Capacity"/> rows, one after another. It stays the same memory.</summary>
    /// <exception cref="ArgumentException">There is no such input.</exception>
    /// <exception cref="InvalidOperationException">Its elements are of another type.</exception>
    public Span<T> Input<T>(string name)
        where T : unmanaged => Find(_inputs, name).Elements<T>(Capacity);

    /// <summary>The buffer of an input, by its place in the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    /// <exception cref="InvalidOperationException">Its elements are of another type.</exception>
    public Span<T> Input<T>(int index)
        where T : unmanaged => At(_inputs, index).Elements<T>(Capacity);

    /// <summary>A Float output of the last run, its rows one after another; valid until the next run.</summary>
    public ReadOnlySpan<float> Output(string name) => Output<float>(name);

    /// <summary>An output of the last run, its rows one after another; valid until the next run. Empty before the first run.</summary>
    /// <exception cref="ArgumentException">No such output is bound.</exception>
    /// <exception cref="InvalidOperationException">Its elements are of another type.</exception>
    public ReadOnlySpan<T> Output<T>(string name)
        where T : unmanaged => Find(_outputs, name).Elements<T>(_rows);

    /// <summary>An output of the last run, by its place among those bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such output is bound.</exception>
    /// <exception cref="InvalidOperationException">Its elements are of another type.</exception>
    public ReadOnlySpan<T> Output<T>(int index)
        where T : unmanaged => At(_outputs, index).Elements<T>(_rows);

    /// <summary>Runs the model over all <see cref="Capacity"/> rows.</summary>
    public void Run() => Run(Capacity);

    /// <summary>Runs the model over the first <paramref name="rows"/> rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is not between 1 and <see cref="Capacity"/>, or the model's inputs have a fixed number of rows.</exception>
    /// <exception cref="OnnxRuntimeException">A node failed, for example on an index out of range.</exception>
    public void Run(int rows)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = _session.Native;
        if (!_bindings.TryGetValue(rows, out var binding))
            binding = Bind(session, rows);
        binding.LastUse = ++_runs;
        bool onDevice = _session.Options.Provider != ExecutionProvider.Cpu;
        if (onDevice)
            binding.Native.SynchronizeBoundInputs();
        session.RunWithBinding(_runOptions, binding.Native);
        if (onDevice)
            binding.Native.SynchronizeBoundOutputs();
        _rows = rows;
        GC.KeepAlive(this);
    }

    /// <summary>Writes a tensor of fitting type and shape to the beginning of an input's buffer.</summary>
    internal void Fill(string name, OnnxTensor rows) => rows.CopyTo(Find(_inputs, name).Memory(Capacity));

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        foreach (var binding in _bindings.Values)
            binding.Dispose();
        _bindings.Clear();
        _runOptions.Dispose();
    }

    private RowBinding Bind(InferenceSession session, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        if (rows != Capacity && _inputs.FirstOrDefault(buffer => buffer.HasFixedRows) is { } fixedInput)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"Input {fixedInput.Info} always has {Capacity} rows.");
        if (_bindings.Count == MaxBindings)
        {
            var (oldest, unused) = _bindings.MinBy(entry => entry.Value.LastUse);
            unused.Dispose();
            _bindings.Remove(oldest);
        }

        var binding = new RowBinding(session, _inputs, _outputs, rows);
        _bindings.Add(rows, binding);
        return binding;
    }

    private static ValueInfo Output(OnnxSession session, string name) =>
        session.Outputs.FirstOrDefault(output => output.Name == name)
        ?? throw new ArgumentException($"The model has no output '{name}'; it has: {string.Join(", ", session.Outputs.Select(output => output.Name))}.", nameof(name));

    private static BoundBuffer At(ImmutableArray<BoundBuffer> buffers, int index) =>
        (uint)index < (uint)buffers.Length ? buffers[index] : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {buffers.Length}.");

    private static BoundBuffer Find(ImmutableArray<BoundBuffer> buffers, string name)
    {
        foreach (var buffer in buffers)
        {
            if (buffer.Info.Name == name)
                return buffer;
        }

        throw new ArgumentException($"Nothing named '{name}' is bound; bound are: {string.Join(", ", buffers.Select(buffer => buffer.Info.Name))}.", nameof(name));
    }
}
