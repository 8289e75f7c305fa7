using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Where tensors lie.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Whether a tensor of so many values can be reached: TorchSharp gives out no more than 2 GiB of one.</summary>
    public static bool Reaches(long values) => values <= int.MaxValue / sizeof(float);

    /// <summary>The memory of a contiguous CPU tensor of Float32, for as long as the tensor lives.</summary>
    public static float* Of(Tensor tensor)
    {
        fixed (byte* data = tensor.bytes) return (float*)data;
    }
}
