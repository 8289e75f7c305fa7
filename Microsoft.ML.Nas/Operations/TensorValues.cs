using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Copies tensors into arrays.</summary>
internal static class TensorValues
{
    /// <summary>The values in row-major order, whatever device they are on.</summary>
    public static float[] ToFloats(this Tensor tensor)
    {
        // TorchSharp refuses to copy no values.
        if (tensor.numel() == 0) return [];
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
