using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Sampling.Policies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Reinforce;

/// <summary>
/// Neural architecture search with reinforcement learning (Zoph and Le 2017): a controller proposes, and REINFORCE (Williams 1992) makes
/// what was rewarded above a moving baseline more likely.
/// </summary>
/// <remarks>
/// What differs from the paper: rewards are standardised by their moving spread; the controller is the one of ENAS (Pham 2018), or without
/// an LSTM the independent distributions of NAS-Bench-201; and it draws until an architecture is new, unless
/// <see cref="ReinforceOptions.Repeats"/> says otherwise.
/// </remarks>
internal sealed class ReinforceSampler : Sampler
{
    private readonly ReinforceOptions _options;

    public ReinforceSampler(ReinforceOptions options) => _options = options.Validated();

    public override string Name => "Reinforce";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var learner = history.Memo(this, () => new Learner(history, _options));
        learner.Follow(history, Name);
        if (_options.Repeats && learner.Policy.Sample(random) is var genotype && history.Allows(genotype)) return genotype;
        return DrawNew(history, random, () => learner.Policy.Sample(random));
    }

    /// <summary>The controller; it follows from the seed and the trials in their order.</summary>
    private sealed class Learner(SearchHistory history, ReinforceOptions options) : IDisposable
    {
        private readonly MovingBaseline _baseline = new(options.BaselineDecay);
        private int _followed;
        private int _nextTrace;

        public Policy Policy { get; } = options.Controller == ControllerKind.Lstm
            ? new LstmPolicy(history.Space, options.HiddenSize, Seeds.Derive(history.Seed, "controller"))
            : new CategoricalPolicy(history.Space);

        public void Follow(SearchHistory history, string origin)
        {
            for (; _followed < history.Trials.Count; _followed++)
            {
                // It learns from its own proposals: what others proposed says little of its own distribution.
                if (history.Trials[_followed] is not { } trial || trial.Origin != origin) continue;
                var advantage = _baseline.Advantage(history.Reward(trial));
                Policy.Step([trial.Architecture.Genotype], (_, _) => advantage, options.ControllerLearningRate, options.EntropyWeight);
                if (_followed < _nextTrace) continue;
                history.Trace.Add(_followed + 1, Policy.Probabilities());
                _nextTrace = _followed + 1 + _followed / 20;
            }
        }

        public void Dispose() => Policy.Dispose();
    }
}
