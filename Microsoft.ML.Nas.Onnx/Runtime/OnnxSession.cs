using System.Collections.Immutable;

using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>A model in ONNX Runtime, ready to run. Running is safe from several threads at once; disposing is not while one runs.</summary>
public sealed class OnnxSession : IScorer, IDisposable
{
    private readonly InferenceSession _native;
    private readonly RunOptions _runOptions;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private bool _disposed;

    /// <summary>Loads a model into ONNX Runtime.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to compute; by default on the processor, with ONNX Runtime's choice of threads.</param>
    /// <exception cref="OnnxRuntimeUnavailableException">The native library is missing, or lacks the provider.</exception>
    /// <exception cref="OnnxModelException">ONNX Runtime refuses the model.</exception>
    public OnnxSession(OnnxModel model, OnnxSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Options = options ?? new();
        _native = NativeSession.Start(model, Options);
        _runOptions = new();
        Inputs = model.Inputs;
        Outputs = [.. model.Outputs.Select(WithInferredShape)];
        _inputNames = [.. Inputs.Select(input => input.Name)];
        _outputNames = [.. Outputs.Select(output => output.Name)];
    }

    /// <summary>Loads a model file into ONNX Runtime; see <see cref="OnnxModel.Load(string)"/> for what can be wrong with it.</summary>
    public OnnxSession(string path, OnnxSessionOptions? options = null)
        : this(OnnxModel.Load(path), options)
    {
    }

    /// <summary>Loads the bytes of a model file into ONNX Runtime; see <see cref="OnnxModel.Load(ReadOnlySpan{byte})"/> for what can be wrong with them.</summary>
    public OnnxSession(ReadOnlySpan<byte> bytes, OnnxSessionOptions? options = null)
        : this(OnnxModel.Load(bytes), options)
    {
    }

    /// <summary>How the session computes.</summary>
    public OnnxSessionOptions Options { get; }

    /// <summary>The inputs, all of which every run needs.</summary>
    public ImmutableArray<ValueInfo> Inputs { get; }

    /// <summary>The outputs.</summary>
    public ImmutableArray<ValueInfo> Outputs { get; }

    internal InferenceSession Native
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _native;
        }
    }

    /// <summary>Runs the model once, with any number of rows. For many runs over numbers, <see cref="Bind"/> is faster.</summary>
    /// <param name="inputs">A tensor for each input, by name.</param>
    /// <param name="outputs">Names of the outputs wanted; none for all.</param>
    /// <returns>The outputs by name.</returns>
    /// <exception cref="ArgumentException">An input is missing, unknown, or of the wrong type or shape, or an output is unknown.</exception>
    /// <exception cref="OnnxRuntimeException">A node failed, for example on an index out of range.</exception>
    public IReadOnlyDictionary<string, OnnxTensor> Run(IReadOnlyDictionary<string, OnnxTensor> inputs, params ReadOnlySpan<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var native = Native;
        InputRules.Require(Inputs, inputs);
        string[] wanted = outputs.IsEmpty ? _outputNames : outputs.ToArray();
        if (wanted.FirstOrDefault(name => !_outputNames.Contains(name)) is { } unknown)
            throw new ArgumentException($"The model has no output '{unknown}'; it has: {string.Join(", ", _outputNames)}.", nameof(outputs));

        var fed = new List<NativeTensor>(_inputNames.Length);
        var values = new OrtValue[_inputNames.Length];
        try
        {
            foreach (string name in _inputNames)
            {
                fed.Add(inputs[name].ToNative());
                values[fed.Count - 1] = fed[^1].Value;
            }

            using var results = native.Run(_runOptions, _inputNames, values, wanted);
            var named = new OrderedDictionary<string, OnnxTensor>(StringComparer.Ordinal);
            for (int i = 0; i < wanted.Length; i++)
                named[wanted[i]] = OnnxTensor.FromNative(results[i]);
            return named;
        }
        finally
        {
            foreach (var tensor in fed)
                tensor.Dispose();
        }
    }

    /// <summary>A runner with buffers of its own for up to <paramref name="capacity"/> rows, which runs without allocating.</summary>
    /// <param name="capacity">The most rows of one run, at least 1.</param>
    /// <param name="outputs">Names of the outputs wanted; none for all.</param>
    /// <exception cref="NotSupportedException">An input or wanted output is text, or has a dimension beside the first that is not fixed: use <see cref="Run"/>.</exception>
    /// <exception cref="ArgumentException">An output is unknown, or an input's first dimension is fixed to another size than <paramref name="capacity"/>.</exception>
    public BoundRunner Bind(int capacity, params ReadOnlySpan<string> outputs) => new(this, capacity, outputs);

    /// <summary>Runs the model and returns its floating-point outputs as Float; others are left out.</summary>
    IReadOnlyDictionary<string, OnnxTensor<float>> IScorer.Score(IReadOnlyDictionary<string, OnnxTensor> rows)
    {
        string[] floating = [.. Outputs.Where(output => TypeSet.Floating.Contains(output.ElementType)).Select(output => output.Name)];
        return floating.Length == 0
            ? throw new InvalidOperationException("The model has no floating-point output to compare.")
            : Run(rows, floating).ToDictionary(output => output.Key, output => ToFloat(output.Value), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _runOptions.Dispose();
        _native.Dispose();
    }

    private static OnnxTensor<float> ToFloat(OnnxTensor tensor) => tensor switch
    {
        OnnxTensor<double> numbers => new(Array.ConvertAll(numbers.Values.ToArray(), number => (float)number), tensor.Shape),
        OnnxTensor<Half> numbers => new(Array.ConvertAll(numbers.Values.ToArray(), number => (float)number), tensor.Shape),
        _ => tensor.As<float>(),
    };

    private ValueInfo WithInferredShape(ValueInfo output)
    {
        // ONNX Runtime says "no dimensions" for a scalar and for a shape it does not know either.
        var metadata = _native.OutputMetadata[output.Name];
        if (output.Shape is not null || metadata.Dimensions.Length == 0)
            return output;
        GraphShape shape = [.. metadata.Dimensions.Zip(metadata.SymbolicDimensions, (size, symbol) =>
            size >= 0 ? size : string.IsNullOrEmpty(symbol) ? Dimension.Unknown : symbol)];
        return output with { Shape = shape };
    }
}
