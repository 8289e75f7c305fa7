using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Scales a gradient down to a largest norm, without asking the device for the norm.</summary>
internal static class GradientClip
{
    public static void Apply(Tensor gradients, double largestNorm) =>
        gradients.mul_((largestNorm / (gradients.norm() + 1e-6)).clamp_(max: 1));
}
