using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Sampling.Policies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Ppo;

/// <summary>
/// Proximal policy optimisation (Schulman 2017) of the controller, as NASNet was found (Zoph 2018): several steps with every batch of
/// evaluations, each as long as a proposal's probability has not moved too far.
/// </summary>
/// <remarks>What differs from the papers: no value network, but a moving baseline and spread; and it draws until an architecture is new.</remarks>
internal sealed class PpoSampler(PpoOptions options) : Sampler
{
    private readonly PpoOptions _options = options.Validated();

    public override string Name => "PPO";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var learner = history.Memo(this, () => new Learner(history, _options));
        learner.Follow(history, Name);
        return DrawNew(history, random, () => learner.Policy.Sample(random));
    }

    /// <summary>The controller; it follows from the seed and the trials in their order.</summary>
    private sealed class Learner(SearchHistory history, PpoOptions options) : IDisposable
    {
        private readonly MovingBaseline _baseline = new(options.BaselineDecay);
        private readonly List<(Genotype Genotype, double Advantage)> _batch = [];
        private int _followed;

        public Policy Policy { get; } = options.Controller == ControllerKind.Lstm
            ? new LstmPolicy(history.Space, options.HiddenSize, Seeds.Derive(history.Seed, "controller"))
            : new CategoricalPolicy(history.Space);

        public void Follow(SearchHistory history, string origin)
        {
            for (; _followed < history.Trials.Count; _followed++)
            {
                if (history.Trials[_followed] is not { } trial || trial.Origin != origin) continue;
                _batch.Add((trial.Architecture.Genotype, _baseline.Advantage(history.Reward(trial))));
                if (_batch.Count < options.BatchSize) continue;
                Learn();
                history.Trace.Add(_followed + 1, Policy.Probabilities());
                _batch.Clear();
            }
        }

        public void Dispose() => Policy.Dispose();

        private void Learn()
        {
            Genotype[] genotypes = [.. _batch.Select(static pair => pair.Genotype)];
            var before = Array.ConvertAll(genotypes, Policy.LogProbability);
            for (var step = 0; step < options.Steps; step++)
                Policy.Step(genotypes, Weight, options.LearningRate, options.EntropyWeight);

            // The gradient of min(r A, clip(r) A), with r the ratio of the probabilities: r A, or nothing where r was clipped.
            double Weight(int index, double logProbability)
            {
                var (ratio, advantage) = (Math.Exp(logProbability - before[index]), _batch[index].Advantage);
                var clipped = advantage > 0 ? ratio > 1 + options.ClipRange : ratio < 1 - options.ClipRange;
                return clipped ? 0 : ratio * advantage;
            }
        }
    }
}
