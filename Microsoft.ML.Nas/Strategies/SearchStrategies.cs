using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Strategies.Sampling.RandomSearch;
using Microsoft.ML.Nas.Strategies.Sampling.Reinforce;

namespace Microsoft.ML.Nas;

/// <summary>The ways to search.</summary>
public static class SearchStrategies
{
    /// <summary>
    /// Differentiable architecture search (Liu, Simonyan and Yang 2019): a supernet mixes all options, and gradient descent on held-out
    /// rows moves the mixture towards the better ones.
    /// </summary>
    /// <param name="options">Default null: first order, see <see cref="DartsOptions"/>.</param>
    public static SearchStrategy Darts(DartsOptions? options = null) => new DartsStrategy(options ?? new());

    /// <summary>
    /// Reinforcement-learning search (Zoph and Le 2017): an LSTM controller proposes architectures and learns from their validation
    /// results; with shared weights (Pham 2018, ENAS) it is rewarded by a supernet's answers instead of a full training.
    /// </summary>
    /// <param name="options">Default null: shared weights, see <see cref="ReinforceOptions"/>.</param>
    public static SearchStrategy Reinforce(ReinforceOptions? options = null) => new ReinforceStrategy(options ?? new());

    /// <summary>Random search: the baseline.</summary>
    public static SamplingStrategy Random() => new(new RandomSampler());
}
