using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Strategies.Differentiable.DrNas;
using Microsoft.ML.Nas.Strategies.Differentiable.FairDarts;
using Microsoft.ML.Nas.Strategies.Differentiable.Gdas;
using Microsoft.ML.Nas.Strategies.Differentiable.PcDarts;
using Microsoft.ML.Nas.Strategies.Differentiable.ProxylessNas;
using Microsoft.ML.Nas.Strategies.Differentiable.Snas;

namespace Microsoft.ML.Nas;

/// <summary>The ways to search.</summary>
public static partial class SearchStrategies
{
    /// <summary>
    /// Differentiable architecture search (Liu, Simonyan and Yang 2019): a supernet mixes all options, and gradient descent on held-out
    /// rows moves the mixture towards the better ones.
    /// </summary>
    /// <param name="options">Default null: first order, see <see cref="DartsOptions"/>.</param>
    public static SearchStrategy Darts(DartsOptions? options = null) => new DartsStrategy(options ?? new());

    /// <summary>PC-DARTS (Xu 2020): DARTS whose choices work on a part of the channels, which takes less memory and time and favours no option without parameters.</summary>
    /// <param name="options">Default null: see <see cref="PcDartsOptions"/>.</param>
    public static SearchStrategy PcDarts(PcDartsOptions? options = null) => new PcDartsStrategy(options ?? new());

    /// <summary>GDAS (Dong and Yang 2019): every step runs one option a decision, drawn by Gumbel noise. As cheap as training one architecture.</summary>
    /// <param name="options">Default null: see <see cref="GdasOptions"/>.</param>
    public static SearchStrategy Gdas(GdasOptions? options = null) => new GdasStrategy(options ?? new());

    /// <summary>SNAS (Xie 2019): mixtures drawn from a concrete distribution, weights and alphas trained by one loss.</summary>
    /// <param name="options">Default null: see <see cref="SnasOptions"/>.</param>
    public static SearchStrategy Snas(SnasOptions? options = null) => new SnasStrategy(options ?? new());

    /// <summary>DrNAS (Chen 2021): mixtures drawn from a Dirichlet distribution.</summary>
    /// <param name="options">Default null: see <see cref="DrNasOptions"/>.</param>
    public static SearchStrategy DrNas(DrNasOptions? options = null) => new DrNasStrategy(options ?? new());

    /// <summary>ProxylessNAS (Cai, Zhu and Han 2019): single paths for the weights, two for the alphas.</summary>
    /// <param name="options">Default null: see <see cref="ProxylessNasOptions"/>.</param>
    public static SearchStrategy ProxylessNas(ProxylessNasOptions? options = null) => new ProxylessNasStrategy(options ?? new());

    /// <summary>FairDARTS (Chu 2020): a sigmoid an option instead of a softmax a decision.</summary>
    /// <param name="options">Default null: see <see cref="FairDartsOptions"/>.</param>
    public static SearchStrategy FairDarts(FairDartsOptions? options = null) => new FairDartsStrategy(options ?? new());
}
