using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Policies;

/// <summary>Every decision on its own: a softmax of its logits, which start at zero.</summary>
internal sealed class CategoricalPolicy : Policy
{
    private readonly SearchSpace _space;
    private readonly double[][] _logits;
    private readonly double[][] _first;
    private readonly double[][] _second;
    private int _step;

    public CategoricalPolicy(SearchSpace space)
    {
        _space = space;
        (_logits, _first, _second) = (Zeros(), Zeros(), Zeros());
    }

    public override Genotype Sample(Random random) => _space.Normalize([.. _logits.Select(logits => Draw(Softmax(logits), random))]);

    public override double LogProbability(Genotype genotype) => Enumerable.Range(0, _logits.Length)
        .Where(decision => _space.IsActive(genotype, decision)).Sum(decision => Math.Log(Softmax(_logits[decision])[genotype[decision]]));

    public override void Step(IReadOnlyList<Genotype> genotypes, Func<int, double, double> weight, double learningRate, double entropyWeight)
    {
        var gradient = Zeros();
        for (var index = 0; index < genotypes.Count; index++)
        {
            var genotype = genotypes[index];
            var value = weight(index, LogProbability(genotype));
            for (var decision = 0; decision < gradient.Length; decision++)
            {
                if (!_space.IsActive(genotype, decision)) continue;
                var probabilities = Softmax(_logits[decision]);
                var entropy = -probabilities.Sum(static probability => probability * Math.Log(probability));
                for (var option = 0; option < probabilities.Length; option++)
                    gradient[decision][option] += (value * ((option == genotype[decision] ? 1 : 0) - probabilities[option])
                        - entropyWeight * probabilities[option] * (Math.Log(probabilities[option]) + entropy)) / genotypes.Count;
            }
        }
        _step++;
        for (var decision = 0; decision < gradient.Length; decision++)
            for (var option = 0; option < gradient[decision].Length; option++) Ascend(decision, option, gradient[decision][option], learningRate);
    }

    public override float[]?[] Probabilities() => [.. _logits.Select(static logits => Array.ConvertAll(Softmax(logits), static probability => (float)probability))];

    private void Ascend(int decision, int option, double gradient, double rate)
    {
        ref var first = ref _first[decision][option];
        ref var second = ref _second[decision][option];
        first = 0.9 * first + 0.1 * gradient;
        second = 0.999 * second + 0.001 * gradient * gradient;
        _logits[decision][option] += rate * (first / (1 - Math.Pow(0.9, _step))) / (Math.Sqrt(second / (1 - Math.Pow(0.999, _step))) + 1e-8);
    }

    private double[][] Zeros() => [.. _space.Decisions.Select(static decision => new double[decision.Count])];

    private static double[] Softmax(double[] logits)
    {
        var largest = logits.Max();
        var exponentials = Array.ConvertAll(logits, logit => Math.Exp(logit - largest));
        var sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }

    private static int Draw(double[] probabilities, Random random)
    {
        var position = random.NextDouble();
        for (var option = 0; option < probabilities.Length; option++)
            if ((position -= probabilities[option]) < 0) return option;
        return probabilities.Length - 1;
    }
}
