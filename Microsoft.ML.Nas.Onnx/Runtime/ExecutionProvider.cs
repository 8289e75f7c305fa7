namespace Microsoft.ML.Nas.Onnx;

/// <summary>What ONNX Runtime computes with.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor; every build of ONNX Runtime has it.</summary>
    Cpu,

    /// <summary>NVIDIA GPUs, in the package Microsoft.ML.OnnxRuntime.Gpu.</summary>
    Cuda,

    /// <summary>Any DirectX 12 GPU on Windows, in the package Microsoft.ML.OnnxRuntime.DirectML.</summary>
    DirectML,
}
