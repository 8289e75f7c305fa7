using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Sampling.Reinforce;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Sampling.Policies;

/// <summary>The decisions one after another, each after those before it: an LSTM controller (Zoph and Le 2017).</summary>
internal sealed class LstmPolicy : Policy
{
    private readonly Controller _controller;
    private readonly FlatParameters _parameters;
    private readonly FlatAdamW _optimizer;

    public LstmPolicy(SearchSpace space, int hiddenSize, int seed)
    {
        manual_seed(seed);
        _controller = ModuleOwnership.Create(() => new Controller(space, hiddenSize, static _ => true), CPU);
        _parameters = new(_controller);
        _optimizer = new(_parameters, weightDecay: 0);
    }

    public override Genotype Sample(Random random) => _controller.Draw(random);

    public override double LogProbability(Genotype genotype)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return _controller.Score(genotype).LogProbability.item<float>();
    }

    public override void Step(IReadOnlyList<Genotype> genotypes, Func<int, double, double> weight, double learningRate, double entropyWeight)
    {
        _parameters.Gradients.zero_();
        for (var index = 0; index < genotypes.Count; index++)
        {
            using var scope = NewDisposeScope();
            var (logProbability, entropy) = _controller.Score(genotypes[index]);
            var value = weight(index, logProbability.item<float>());
            ((logProbability * Scalars.Held(-value) - entropy * Scalars.Held(entropyWeight)) / Scalars.Held(genotypes.Count)).sum().backward();
        }
        using (no_grad()) GradientClip.Apply(_parameters.Gradients, 1.0);
        _optimizer.Step(learningRate);
    }

    public override float[]?[] Probabilities() => _controller.Probabilities();

    public override void Dispose()
    {
        _optimizer.Dispose();
        _parameters.Dispose();
        _controller.Dispose();
        base.Dispose();
    }
}
