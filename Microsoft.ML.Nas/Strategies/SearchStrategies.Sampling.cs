using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.OneShot.Enas;
using Microsoft.ML.Nas.Strategies.Sampling.Bananas;
using Microsoft.ML.Nas.Strategies.Sampling.Evolution;
using Microsoft.ML.Nas.Strategies.Sampling.Exhaustive;
using Microsoft.ML.Nas.Strategies.Sampling.GaussianProcess;
using Microsoft.ML.Nas.Strategies.Sampling.LocalSearch;
using Microsoft.ML.Nas.Strategies.Sampling.Nsga2;
using Microsoft.ML.Nas.Strategies.Sampling.Ppo;
using Microsoft.ML.Nas.Strategies.Sampling.RandomSearch;
using Microsoft.ML.Nas.Strategies.Sampling.Reinforce;
using Microsoft.ML.Nas.Strategies.Sampling.Tpe;
using Microsoft.ML.Nas.Strategies.Sampling.Trees;

namespace Microsoft.ML.Nas;

public static partial class SearchStrategies
{
    /// <summary>Random search: the baseline that every strategy has to beat.</summary>
    public static SamplingStrategy Random() => new(new RandomSampler());

    /// <summary>Exhaustive (grid) search, for small spaces: every architecture, in lexicographic order of the options taken.</summary>
    public static SamplingStrategy Exhaustive() => new(new ExhaustiveSampler());

    /// <summary>Regularized evolution (Real 2019): children of the best of a few, the oldest die.</summary>
    /// <param name="options">Default null: see <see cref="EvolutionOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Evolution(EvolutionOptions? options = null) => new(new EvolutionSampler(options ?? new()));

    /// <summary>NSGA-II (Deb 2002): evolution towards a whole Pareto front of several objectives.</summary>
    /// <param name="options">Default null: see <see cref="Nsga2Options"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Nsga2(Nsga2Options? options = null) => new(new Nsga2Sampler(options ?? new()));

    /// <summary>Local search (White 2020): from a random architecture to better ones nearby, then from another.</summary>
    public static SamplingStrategy LocalSearch() => new(new LocalSearchSampler());

    /// <summary>
    /// Reinforcement-learning search (Zoph and Le 2017): an LSTM controller proposes architectures and learns from their validation
    /// results; with shared weights (Pham 2018, ENAS) it is rewarded by a supernet's answers instead of a full training.
    /// </summary>
    /// <param name="options">Default null: shared weights, see <see cref="ReinforceOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SearchStrategy Reinforce(ReinforceOptions? options = null)
    {
        options ??= new();
        return options.SharedWeights ? new EnasStrategy(options) : new SamplingStrategy(new ReinforceSampler(options));
    }

    /// <summary>Proximal policy optimisation of a controller (Schulman 2017, Zoph 2018).</summary>
    /// <param name="options">Default null: see <see cref="PpoOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Ppo(PpoOptions? options = null) => new(new PpoSampler(options ?? new()));

    /// <summary>The tree-structured Parzen estimator (Bergstra 2011): proposes what is likelier among good architectures than among others.</summary>
    /// <param name="options">Default null: see <see cref="TpeOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Tpe(TpeOptions? options = null) => new(new TpeSampler(options ?? new()));

    /// <summary>Bayesian optimisation with a Gaussian process (Snoek 2012) over genotypes.</summary>
    /// <param name="options">Default null: see <see cref="BayesianOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Bayesian(BayesianOptions? options = null) => new(new BayesianSampler(options ?? new()));

    /// <summary>BANANAS (White 2021): an ensemble of networks predicts rewards from path encodings.</summary>
    /// <param name="options">Default null: see <see cref="BananasOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Bananas(BananasOptions? options = null) => new(new BananasSampler(options ?? new()));

    /// <summary>A surrogate of gradient-boosted trees (ML.NET's FastTree) that predicts rewards from the options taken.</summary>
    /// <param name="options">Default null: see <see cref="TreesOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Trees(TreesOptions? options = null) => new(new TreesSampler(options ?? new()));

    /// <summary>Random search with Hyperband (Li 2018): see <see cref="Schedulers.Hyperband"/>.</summary>
    /// <param name="options">Default null: see <see cref="SuccessiveHalvingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Hyperband(SuccessiveHalvingOptions? options = null) => Random().With(Schedulers.Hyperband(options));

    /// <summary>BOHB (Falkner 2018): TPE with Hyperband.</summary>
    /// <param name="options">Default null: see <see cref="SuccessiveHalvingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Bohb(SuccessiveHalvingOptions? options = null) => Tpe().With(Schedulers.Hyperband(options));

    /// <summary>Random search with asynchronous successive halving (Li 2020): see <see cref="Schedulers.Asha"/>.</summary>
    /// <param name="options">Default null: see <see cref="SuccessiveHalvingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamplingStrategy Asha(SuccessiveHalvingOptions? options = null) => Random().With(Schedulers.Asha(options));
}
