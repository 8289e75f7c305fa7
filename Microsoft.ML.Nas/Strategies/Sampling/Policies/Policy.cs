using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Policies;

/// <summary>A distribution over architectures that can be moved by policy gradients.</summary>
internal abstract class Policy : IDisposable
{
    /// <summary>Draws an architecture.</summary>
    public abstract Genotype Sample(Random random);

    /// <summary>The logarithm of an architecture's probability.</summary>
    public abstract double LogProbability(Genotype genotype);

    /// <summary>One gradient step (Adam) that makes the architectures more likely, each by its weight.</summary>
    /// <param name="genotypes">The architectures.</param>
    /// <param name="weight">The weight of the architecture of an index, given its log-probability now; negative makes it less likely.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="entropyWeight">What a nat of entropy of the decisions is worth.</param>
    public abstract void Step(IReadOnlyList<Genotype> genotypes, Func<int, double, double> weight, double learningRate, double entropyWeight);

    /// <summary>How probable every option is where its decision matters; null where that is not known.</summary>
    public abstract float[]?[] Probabilities();

    public virtual void Dispose() { }
}
