using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas;

/// <summary>The device that <see cref="MLContext.GpuDeviceId"/> and <see cref="MLContext.FallbackToCpu"/> ask for.</summary>
internal static class DeviceChoice
{
    /// <summary>The device to train on.</summary>
    /// <param name="mlContext">The user's choice.</param>
    /// <param name="gpus">The number of usable GPUs.</param>
    /// <param name="warn">Told when the CPU stands in for a GPU.</param>
    /// <exception cref="InvalidOperationException">A GPU is asked for, there is none of that number, and the CPU may not stand in.</exception>
    public static Device Choose(MLContext mlContext, int gpus, Action<string> warn)
    {
        if (mlContext.GpuDeviceId is not { } gpu) return CPU;
        if (gpu >= 0 && gpu < gpus) return new(DeviceType.CUDA, gpu);
        var problem = $"{nameof(MLContext)}.{nameof(MLContext.GpuDeviceId)} is {gpu}, but LibTorch finds {(gpus == 0 ? "no CUDA GPU" : $"{gpus} CUDA GPUs, counted from 0")}";
        if (!mlContext.FallbackToCpu)
            throw new InvalidOperationException($"{problem}. Install the CUDA build of LibTorch (TorchSharp-cuda-windows or TorchSharp-cuda-linux), choose another GPU, or set {nameof(MLContext.FallbackToCpu)}.");
        warn($"{problem}; training on the CPU instead.");
        return CPU;
    }

    /// <summary>The number of GPUs that LibTorch can use.</summary>
    public static int CountGpus() => cuda.is_available() ? cuda.device_count() : 0;
}
