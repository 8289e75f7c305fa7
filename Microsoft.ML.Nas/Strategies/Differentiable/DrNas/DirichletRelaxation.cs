using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Strategies.Differentiable.DrNas;

/// <summary>Draws from a Dirichlet distribution with concentrations elu(α) + 1: uniform where the alphas are 0.</summary>
internal sealed class DirichletRelaxation(SearchSpace space, Genotype others) : ArchitectureParameters(space, others)
{
    protected override Tensor Expected(Tensor alpha)
    {
        var concentration = Concentration(alpha);
        return concentration / concentration.sum();
    }

    protected override MixtureEntry ArchitectureEntry(int decision, Tensor alpha)
    {
        var concentration = Concentration(alpha);
        var (weights, jacobian) = DirichletDraw.Draw([.. concentration.detach().cpu().data<float>().ToArray().Select(static value => (double)value)], Random);
        var count = weights.Length;
        var derivative = tensor([.. jacobian.Cast<double>().Select(static value => (float)value)], [count, count], device: alpha.device);
        // The draw's value, with the draw's derivative by the concentrations.
        return new(0, Scalars.Sum(tensor([.. weights.Select(static value => (float)value)], device: alpha.device), derivative.mv(concentration - concentration.detach())));
    }

    private static Tensor Concentration(Tensor alpha) => Scalars.Sum(functional.elu(alpha, 1), Scalars.One);
}
