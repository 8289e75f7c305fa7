using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>
/// What a supernet computes: for each decision either one option, which then runs alone, or a weight for every option,
/// whose outputs are then summed. Serves DARTS (softmax), single paths (one option) and everything between.
/// </summary>
internal sealed class Mixture
{
    private readonly MixtureEntry[] _entries;

    private Mixture(MixtureEntry[] entries) => _entries = entries;

    public MixtureEntry this[int decision] => _entries[decision];

    /// <summary>What is said of each decision, in the space's order.</summary>
    public static Mixture Of(MixtureEntry[] entries) => new(entries);

    /// <summary>The path of one architecture.</summary>
    public static Mixture Path(Genotype genotype) => new([.. genotype.Indices.Select(static index => new MixtureEntry(index))]);

    /// <summary>Weights for some decisions (float <c>[options]</c>, null where a decision is not mixed), the options of a genotype for the others.</summary>
    public static Mixture Weighted(IReadOnlyList<Tensor?> weights, Genotype others) =>
        new([.. weights.Select((weight, decision) => new MixtureEntry(others[decision], weight))]);
}
