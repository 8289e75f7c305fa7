using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>Starts ONNX Runtime's own sessions, and says what is missing where that fails.</summary>
internal static class NativeSession
{
    /// <exception cref="OnnxRuntimeUnavailableException">The native library or the provider is missing.</exception>
    /// <exception cref="OnnxModelException">ONNX Runtime refuses the model.</exception>
    public static InferenceSession Start(OnnxModel model, OnnxSessionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.DeviceId);
        ArgumentOutOfRangeException.ThrowIfNegative(options.IntraOpThreads);
        try
        {
            using var native = new SessionOptions
            {
                IntraOpNumThreads = options.IntraOpThreads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                // Errors arrive as exceptions.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            native.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
            Append(native, options);
            return new InferenceSession(model.ToBytes(), native);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new OnnxRuntimeUnavailableException(
                $"ONNX Runtime's native library cannot be loaded. Add the package {Package(options.Provider)} to the program, in the version of Microsoft.ML.OnnxRuntime.Managed.", e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxModelException($"ONNX Runtime refuses model '{model.Name}': {e.Message}", e);
        }
    }

    private static void Append(SessionOptions native, OnnxSessionOptions options)
    {
        switch (options.Provider)
        {
            case ExecutionProvider.Cpu:
                return;
            case ExecutionProvider.Cuda:
                Append(options, "CUDAExecutionProvider", () => native.AppendExecutionProvider_CUDA(options.DeviceId));
                return;
            case ExecutionProvider.DirectML:
                // What DirectML asks of every session.
                native.EnableMemoryPattern = false;
                Append(options, "DmlExecutionProvider", () => native.AppendExecutionProvider_DML(options.DeviceId));
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "Not an execution provider.");
        }
    }

    private static void Append(OnnxSessionOptions options, string nativeName, Action append)
    {
        string[] available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(nativeName))
        {
            throw new OnnxRuntimeUnavailableException(
                $"This build of ONNX Runtime has no {options.Provider} provider; it has: {string.Join(", ", available)}. Add the package {Package(options.Provider)} to the program instead of the one it has, or use ExecutionProvider.Cpu.");
        }

        try
        {
            append();
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxRuntimeUnavailableException(
                $"The {options.Provider} provider does not start on device {options.DeviceId}: {e.Message} Install the GPU's driver and libraries, or use ExecutionProvider.Cpu.", e);
        }
    }

    private static string Package(ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cuda => "Microsoft.ML.OnnxRuntime.Gpu",
        ExecutionProvider.DirectML => "Microsoft.ML.OnnxRuntime.DirectML",
        _ => "Microsoft.ML.OnnxRuntime",
    };
}
