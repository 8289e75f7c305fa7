using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>What a mixture says of one decision: one option, or a weight for each.</summary>
/// <param name="Index">The option that runs where there are no weights.</param>
/// <param name="Weights">Float <c>[options]</c>; null where one option runs alone.</param>
/// <param name="Active">The options that run; the weights of the others must be 0. Null: all.</param>
internal readonly record struct MixtureEntry(int Index, Tensor? Weights = null, int[]? Active = null)
{
    /// <summary>Whether an option runs where there are weights.</summary>
    public bool Runs(int option) => Active is null || Array.IndexOf(Active, option) >= 0;
}
