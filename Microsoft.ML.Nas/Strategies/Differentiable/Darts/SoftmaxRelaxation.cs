using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Darts;

/// <summary>The softmax of the alphas; while the weights learn, options may be moved at random or left out.</summary>
/// <param name="space">The space.</param>
/// <param name="others">Gives the option of the decisions that are not mixed.</param>
/// <param name="perturbation">See <see cref="DartsOptions.Perturbation"/>.</param>
/// <param name="dropPath">See <see cref="DartsOptions.DropPath"/>.</param>
/// <param name="mixesTopology">Whether the decisions which edges a cell keeps are mixed too.</param>
internal sealed class SoftmaxRelaxation(SearchSpace space, Genotype others, double perturbation = 0, double dropPath = 0, bool mixesTopology = false)
    : ArchitectureParameters(space, others, mixesTopology: mixesTopology)
{
    private const double FirstPerturbation = 0.03;

    protected override Tensor Expected(Tensor alpha) => alpha.softmax(0);

    protected override MixtureEntry WeightEntry(int decision, Tensor alpha)
    {
        var weights = alpha.softmax(0);
        if (perturbation > 0)
        {
            var first = Math.Min(FirstPerturbation, perturbation);
            var reach = first + (perturbation - first) * Progress;
            weights = Scalars.Sum(weights, Values(alpha, () => reach * (2 * Random.NextDouble() - 1))).clamp_min(Scalars.Zero);
            weights = weights / weights.sum();
        }
        return dropPath > 0 ? Dropped(weights, Space.Decisions[decision].Count, dropPath * Progress) : new(0, weights);
    }

    /// <summary>The options that stay weigh more, so that the mixture is the same on average.</summary>
    private MixtureEntry Dropped(Tensor weights, int count, double rate)
    {
        var options = (int)weights.numel();
        var kept = Enumerable.Range(0, options).Where(_ => Random.NextDouble() >= rate).ToArray();
        // "None" alone would leave nothing to run.
        if (!kept.Any(option => option < count)) kept = [.. kept, Random.Next(count)];
        var mask = new float[options];
        foreach (var option in kept) mask[option] = (float)(1 / (1 - rate));
        return new(0, weights * tensor(mask, device: weights.device), kept);
    }
}
