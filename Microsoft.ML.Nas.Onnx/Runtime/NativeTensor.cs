using System.Buffers;

using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>ONNX Runtime's view of a tensor, and the pin that keeps the memory where it is.</summary>
internal readonly struct NativeTensor(OrtValue value, MemoryHandle pin) : IDisposable
{
    public OrtValue Value { get; } = value;

    public void Dispose()
    {
        Value.Dispose();
        pin.Dispose();
    }
}
