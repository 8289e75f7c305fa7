using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.ProxylessNas;

/// <summary>
/// Binary gates (section 3.2 of the paper): one option is open. For the alphas two options are drawn by their probabilities, one of them is
/// opened by those probabilities among the two, and the gates' gradients are passed on as those of the probabilities among the two (section
/// 3.2.1). "None" is not drawn. After the step both are shifted so that the probabilities of all other options are what they were.
/// </summary>
internal sealed class BinaryGateRelaxation(SearchSpace space, Genotype others) : ArchitectureParameters(space, others, mixesNone: false)
{
    private readonly Dictionary<int, (int[] Pair, double LogSum)> _drawn = [];

    protected override Tensor Expected(Tensor alpha) => alpha.softmax(0);

    protected override MixtureEntry WeightEntry(int decision, Tensor alpha)
    {
        var open = Draw(Values(alpha));
        var gates = new float[alpha.numel()];
        gates[open] = 1;
        return new(open, tensor(gates, device: alpha.device), [open]);
    }

    protected override MixtureEntry ArchitectureEntry(int decision, Tensor alpha)
    {
        var values = Values(alpha);
        var first = Draw(values);
        var second = Draw(values, first);
        int[] pair = [first, second];
        _drawn[decision] = (pair, LogSum(values, pair));
        var share = alpha.index_select(0, tensor([first, (long)second], device: alpha.device)).softmax(0);
        var open = Random.NextDouble() < share[0].item<float>() ? 0 : 1;
        float[] hard = [1 - open, open];
        var gates = Scalars.Sum(tensor(hard, device: alpha.device), share - share.detach());
        var weights = zeros(values.Length, device: alpha.device).index_add(0, tensor([first, (long)second], device: alpha.device), gates, Scalars.One);
        return new(pair[open], weights, pair);
    }

    public override void ArchitectureStepTaken()
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (decision, (pair, before)) in _drawn)
        {
            var alpha = Alpha(decision)!;
            var shift = before - LogSum(Values(alpha), pair);
            foreach (var option in pair) alpha.narrow(0, option, 1).add_(Scalars.Held(shift), Scalars.One);
        }
        _drawn.Clear();
    }

    private static float[] Values(Tensor alpha) => alpha.detach().cpu().data<float>().ToArray();

    private static double LogSum(float[] alphas, int[] pair) => Math.Log(pair.Sum(option => Math.Exp(alphas[option])));

    /// <summary>Draws an option by the softmax of the alphas.</summary>
    private int Draw(float[] alphas, int except = -1)
    {
        var largest = alphas.Max();
        var weights = alphas.Select((alpha, option) => option == except ? 0 : Math.Exp(alpha - largest)).ToArray();
        var position = Random.NextDouble() * weights.Sum();
        for (var option = 0; option < weights.Length; option++)
            if (option != except && (position -= weights[option]) < 0) return option;
        return Enumerable.Range(0, weights.Length).Last(option => option != except);
    }
}
