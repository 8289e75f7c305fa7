namespace Microsoft.ML.Nas.Strategies.Sampling.GaussianProcess;

/// <summary>The likeliest parameters of the kernel; they follow from the evaluations known when their number last grew by a fifth.</summary>
internal sealed class KernelFit
{
    private const double Growth = 1.2;

    /// <summary>More would make a proposal wait for a choice that hardly changes.</summary>
    private const int MaxObservations = 100;

    private static readonly double[] Rates = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6];
    private static readonly double[] Noises = [1e-3, 0.01, 0.03, 0.1, 0.3];

    private int _fitted;
    private (double Rate, double Noise) _best;

    public (double Rate, double Noise) For(SearchHistory history, IReadOnlyList<Trial> evaluated)
    {
        var size = 1;
        while ((int)Math.Ceiling(size * Growth) is var next && next <= evaluated.Count) size = next;
        if (size == _fitted) return _best;
        var known = evaluated.Take(size).TakeLast(MaxObservations).ToArray();
        var observed = known.Select(trial => Encodings.Options(history.Space, trial.Architecture.Genotype)).ToArray();
        var values = Encodings.Normal([.. known.Select(history.Reward)]);
        _best = Rates.SelectMany(static rate => Noises.Select(noise => (rate, noise))).MaxBy(pair => new HammingProcess(observed, values, pair.rate, pair.noise).LogLikelihood);
        _fitted = size;
        return _best;
    }
}
