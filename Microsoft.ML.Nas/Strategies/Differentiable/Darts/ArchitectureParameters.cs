using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Darts;

/// <summary>The alphas: a value per option of every decision that shared weights can rank, 0 at first. Their softmax is the mixture.</summary>
internal sealed class ArchitectureParameters : Module
{
    private readonly SearchSpace _space;
    private readonly Genotype _others;
    private readonly Parameter?[] _alphas;

    /// <param name="space">The space.</param>
    /// <param name="others">Gives the option of the decisions that are not mixed.</param>
    public ArchitectureParameters(SearchSpace space, Genotype others) : base(nameof(ArchitectureParameters))
    {
        _space = space;
        _others = others;
        _alphas = [.. space.Decisions.Select(static decision => decision.Kind == DecisionKind.Structure ? Parameter(zeros(decision.MixedCount)) : null)];
        for (var decision = 0; decision < _alphas.Length; decision++)
            if (_alphas[decision] is { } alpha) register_parameter($"alpha{decision}", alpha);
    }

    private Tensor? Alpha(int decision) => _alphas[decision] is null ? null : get_parameter($"alpha{decision}");

    /// <summary>The current mixture; its tensors belong to the current dispose scope.</summary>
    public Mixture Mixture() => Networks.Mixture.Weighted([.. Enumerable.Range(0, _alphas.Length).Select(decision => Alpha(decision)?.softmax(0))], _others);

    /// <summary>The probability of every option, and of "none" where there is one; null for the decisions that are not mixed.</summary>
    public float[]?[] Probabilities()
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, _alphas.Length).Select(decision => Alpha(decision)?.softmax(0).cpu().data<float>().ToArray())];
    }
}
