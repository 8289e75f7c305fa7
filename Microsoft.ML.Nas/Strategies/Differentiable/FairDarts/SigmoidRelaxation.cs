using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.FairDarts;

/// <summary>The sigmoid of each alpha, with the zero-one loss −w · mean((σ(α) − 0.5)²) (equation 5 of the paper).</summary>
internal sealed class SigmoidRelaxation(SearchSpace space, Genotype others, double zeroOneWeight) : ArchitectureParameters(space, others)
{
    protected override Tensor Expected(Tensor alpha) => alpha.sigmoid();

    public override Tensor? Penalty()
    {
        var alphas = Mixed.Select(decision => Alpha(decision)!).ToArray();
        return zeroOneWeight == 0 || alphas.Length == 0 ? null : (cat(alphas).sigmoid() - Scalars.Held(0.5)).pow(Scalars.Held(2L)).mean() * Scalars.Held(-zeroOneWeight);
    }
}
