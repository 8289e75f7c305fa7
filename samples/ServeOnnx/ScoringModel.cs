using Microsoft.ML.OnnxRuntime;

using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace ServeOnnx;

/// <summary>A model in ONNX Runtime. One serves all requests: scoring is safe from several threads at once.</summary>
internal sealed class ScoringModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    /// <param name="path">The model's file.</param>
    /// <param name="threads">Threads that one call of <see cref="Score"/> may use.</param>
    /// <exception cref="ModelFileException">The file is missing, is not a model, or its inputs and outputs are not rows.</exception>
    public ScoringModel(string path, int threads)
    {
        _session = Start(path, threads);
        try
        {
            Inputs = [.. _session.InputNames.Select(name => InputColumns.Create(name, _session.InputMetadata[name]))];
            if (Inputs.Count == 0)
                throw new ModelFileException("It has no inputs.");
            // Says now, not at the first request, where the outputs are not rows, and warms up.
            Score(new ParsedRows(Inputs, 2, IsSingle: false));
        }
        catch (Exception e) when (e is ModelFileException or BadRequestException)
        {
            Dispose();
            throw new ModelFileException($"'{path}' cannot be served: {e.Message}", e);
        }

        Info = new(Path.GetFileName(path), _session, Inputs);
    }

    /// <summary>What a row has, in the model's order.</summary>
    public IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>What there is to know about the model.</summary>
    public ModelInfo Info { get; }

    /// <summary>Scores rows.</summary>
    /// <exception cref="BadRequestException">A node of the model fails on these values.</exception>
    public IReadOnlyList<OutputColumn> Score(ParsedRows rows)
    {
        if (rows.Count == 0)
            return [];
        var tensors = new List<OrtValue>(Inputs.Count);
        try
        {
            foreach (var buffer in rows.Buffers)
                tensors.Add(buffer.ToTensor());
            using var results = _session.Run(_runOptions, _session.InputNames, tensors, _session.OutputNames);
            return [.. _session.OutputNames.Zip(results, (name, value) => OutputColumn.Read(name, value, rows.Count))];
        }
        catch (OnnxRuntimeException e)
        {
            throw new BadRequestException($"The model fails on these rows: {e.Message}", e);
        }
        finally
        {
            tensors.ForEach(tensor => tensor.Dispose());
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static InferenceSession Start(string path, int threads)
    {
        if (!File.Exists(path))
            throw new ModelFileException($"There is no model file '{path}'.");
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            // Threads that wait for work must not take the time of other requests.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFileException($"'{path}' is not a model that ONNX Runtime can load: {e.Message}", e);
        }
    }
}
