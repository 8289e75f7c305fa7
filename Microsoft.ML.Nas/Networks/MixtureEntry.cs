using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>What a mixture says of one decision: one option, or a weight for each.</summary>
/// <param name="Index">The option that runs where there are no weights.</param>
/// <param name="Weights">Float <c>[options]</c>; null where one option runs alone.</param>
internal readonly record struct MixtureEntry(int Index, Tensor? Weights = null);
