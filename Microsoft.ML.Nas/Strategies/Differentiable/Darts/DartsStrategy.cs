using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Darts;

/// <summary>
/// DARTS (Liu, Simonyan and Yang 2019, "DARTS: Differentiable Architecture Search"): options are mixed by the softmax of their alphas.
/// </summary>
/// <remarks>
/// What differs from the paper: see <see cref="DifferentiableStrategy"/>. With <see cref="DartsOptions.Perturbation"/> it is SDARTS-RS (Chen and
/// Hsieh 2020), with <see cref="DartsOptions.DropPath"/> or more weight decay and the eigenvalue rule it is R-DARTS (Zela 2020), with the
/// parameter-free or ranking rule DARTS+ (Liang 2019).
/// </remarks>
internal class DartsStrategy(DartsOptions options) : DifferentiableStrategy(options)
{
    public override string Name => options.SecondOrder ? "DARTS (second order)" : "DARTS";

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) => new SoftmaxRelaxation(space, others, options.Perturbation, options.DropPath);

    protected override void FillArchitectureGradient(BilevelStep step, (Tensor, Tensor, Tensor?) training, (Tensor, Tensor, Tensor?) heldOut)
    {
        if (options.SecondOrder) step.SecondOrderArchitectureGradient(training, heldOut, options.LearningRate);
        else step.ArchitectureGradient(heldOut);
    }
}
