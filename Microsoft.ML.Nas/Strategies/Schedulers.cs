using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Scheduling;
using Microsoft.ML.Nas.Strategies.Scheduling.Asha;
using Microsoft.ML.Nas.Strategies.Scheduling.Hyperband;
using Microsoft.ML.Nas.Strategies.Scheduling.MedianStopping;

namespace Microsoft.ML.Nas;

/// <summary>The ways to divide a budget among architectures; give one to <see cref="SamplingStrategy.With(Scheduler)"/>.</summary>
public static class Schedulers
{
    /// <summary>Every architecture is evaluated in full.</summary>
    public static Scheduler InFull() => new InFull();

    /// <summary>
    /// Successive halving (Jamieson and Talwalkar 2016): of many architectures that get a small share of an evaluation, the best get a
    /// larger one, until the best of all is evaluated in full; and again.
    /// </summary>
    /// <param name="options">Default null: see <see cref="SuccessiveHalvingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static Scheduler SuccessiveHalving(SuccessiveHalvingOptions? options = null)
    {
        options ??= new();
        var (fidelities, factor) = (options.Fidelities(), options.ReductionFactor);
        return new BracketScheduler("successive halving", [Bracket.Of(fidelities, 0, Math.Pow(factor, fidelities.Length - 1), factor)]);
    }

    /// <summary>
    /// Hyperband (Li 2018): brackets of successive halving in turn, from many architectures that begin with little to a few that begin in
    /// full, since nobody knows how early results can be trusted.
    /// </summary>
    /// <param name="options">Default null: see <see cref="SuccessiveHalvingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static Scheduler Hyperband(SuccessiveHalvingOptions? options = null)
    {
        options ??= new();
        var (fidelities, factor) = (options.Fidelities(), options.ReductionFactor);
        return new BracketScheduler("Hyperband", [.. Enumerable.Range(0, fidelities.Length).Select(first =>
        {
            var steps = fidelities.Length - 1 - first;
            return Bracket.Of(fidelities, first, Math.Ceiling(fidelities.Length / (steps + 1.0) * Math.Pow(factor, steps) - 1e-6), factor);
        })]);
    }

    /// <summary>Asynchronous successive halving (Li 2020): as successive halving, but no worker waits for others.</summary>
    /// <param name="options">Default null: see <see cref="SuccessiveHalvingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static Scheduler Asha(SuccessiveHalvingOptions? options = null)
    {
        options ??= new();
        return new AshaScheduler(options.Fidelities(), options.ReductionFactor);
    }

    /// <summary>The median rule (Golovin 2017): trainings that do worse than half of the others did at the same epoch are stopped.</summary>
    /// <param name="options">Default null: see <see cref="MedianStoppingOptions"/>.</param>
    /// <param name="inner">What to evaluate. Default null: every proposal, in full.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static Scheduler MedianStopping(MedianStoppingOptions? options = null, Scheduler? inner = null) => new MedianStoppingScheduler(options ?? new(), inner ?? new InFull());
}
