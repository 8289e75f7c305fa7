using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Scales a gradient down to a largest norm, without asking the device for the norm.</summary>
internal static class GradientClip
{
    public static void Apply(Tensor gradients, double largestNorm) =>
        gradients.mul_(Scalars.Sum(gradients.norm(), Scalars.Held(1e-6)).reciprocal_().mul_(Scalars.Held(largestNorm)).clamp_(max: Scalars.One));
}
