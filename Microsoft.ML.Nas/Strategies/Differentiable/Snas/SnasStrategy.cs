using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Snas;

/// <summary>
/// SNAS (Xie 2019, "SNAS: Stochastic Neural Architecture Search"): mixtures are drawn from a concrete distribution, and one loss, on all
/// training rows, trains weights and alphas (a single level).
/// </summary>
/// <remarks>
/// What differs from the paper: see <see cref="DifferentiableStrategy"/>; there is no resource constraint in the loss, since
/// <see cref="SearchOptions.MaxMacs"/> limits what is tried; weights and alphas take their steps on the same batch one after the other, each with a draw of its own.
/// </remarks>
internal sealed class SnasStrategy(SnasOptions options) : DifferentiableStrategy(options)
{
    public override string Name => "SNAS";

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) => new ConcreteRelaxation(space, others, options.FirstTemperature, options.LastTemperature);

    protected override void FillArchitectureGradient(BilevelStep step, (Tensor, Tensor, Tensor?) training, (Tensor, Tensor, Tensor?) heldOut) =>
        step.ArchitectureGradient(training);
}
