using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Tpe;

/// <summary>
/// A density over genotypes: the mean of one kernel around every observation and a uniform one. A kernel gives each decision that the
/// observation takes its option, or any with a probability that falls with the number of observations.
/// </summary>
internal sealed class ParzenEstimator
{
    private readonly SearchSpace _space;
    private readonly int[][] _observations;
    private readonly double _spread;
    private readonly (double Same, double Other, double Any)[] _logs;

    public ParzenEstimator(SearchSpace space, IReadOnlyList<Genotype> observations)
    {
        _space = space;
        _observations = [.. observations.Select(genotype => Encodings.Options(space, genotype))];
        _spread = 1.0 / (_observations.Length + 1);
        _logs = [.. space.Decisions.Select(decision =>
        {
            var sum = Math.Log(1 + _spread * decision.Count);
            return (Math.Log(1 + _spread) - sum, Math.Log(_spread) - sum, -Math.Log(decision.Count));
        })];
    }

    public Genotype Draw(Random random)
    {
        var kernel = random.Next(_observations.Length + 1);
        var indices = new int[_space.Decisions.Length];
        for (var decision = 0; decision < indices.Length; decision++)
        {
            var count = _space.Decisions[decision].Count;
            var observed = kernel < _observations.Length ? _observations[kernel][decision] : Encodings.Inactive;
            var keeps = observed != Encodings.Inactive && random.NextDouble() * (1 + _spread * count) < 1;
            indices[decision] = keeps ? observed : random.Next(count);
        }
        return _space.Normalize(indices);
    }

    public double LogDensity(Genotype genotype)
    {
        var options = Encodings.Options(_space, genotype);
        var logs = new double[_observations.Length + 1];
        for (var kernel = 0; kernel < logs.Length; kernel++)
        {
            var sum = 0.0;
            for (var decision = 0; decision < options.Length; decision++)
            {
                if (options[decision] == Encodings.Inactive) continue;
                var observed = kernel < _observations.Length ? _observations[kernel][decision] : Encodings.Inactive;
                sum += observed == Encodings.Inactive ? _logs[decision].Any : observed == options[decision] ? _logs[decision].Same : _logs[decision].Other;
            }
            logs[kernel] = sum;
        }
        var largest = logs.Max();
        return largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)) / logs.Length);
    }
}
