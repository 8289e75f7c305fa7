using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>What a node of <see cref="NasRlRnnCell"/> does.</summary>
/// <param name="Combination">How it combines its two inputs.</param>
/// <param name="Activation">What it applies to the result.</param>
public readonly record struct NasRlNode(NasRlCombination Combination, RecurrentActivation Activation)
{
    /// <summary>All eight.</summary>
    internal static NasRlNode[] All { get; } =
        [.. Enum.GetValues<NasRlCombination>().SelectMany(static combination => Enum.GetValues<RecurrentActivation>().Select(activation => new NasRlNode(combination, activation)))];

    /// <summary>As in <c>add-tanh</c>.</summary>
    public override string ToString() => $"{(Combination == NasRlCombination.Add ? "add" : "multiply")}-{Activation.Label()}";

    internal Tensor Combine(Tensor left, Tensor right) => Combination == NasRlCombination.Add ? Scalars.Sum(left, right) : left * right;
}
