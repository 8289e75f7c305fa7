using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>Whether tensors are what a model's inputs ask for.</summary>
internal static class InputRules
{
    /// <exception cref="ArgumentException">They are not; the message names the input.</exception>
    public static void Require(ImmutableArray<ValueInfo> inputs, IReadOnlyDictionary<string, OnnxTensor> tensors)
    {
        foreach (var input in inputs)
        {
            if (!tensors.TryGetValue(input.Name, out var tensor))
                throw new ArgumentException($"Input {input} is not given.", nameof(tensors));
            if (tensor.ElementType != input.ElementType)
                throw new ArgumentException($"Input {input} is given elements of type {tensor.ElementType}.", nameof(tensors));
            if (input.Shape is { } shape && !Fits(shape, tensor.Shape))
                throw new ArgumentException($"Input {input} is given the shape [{string.Join(", ", tensor.Shape)}].", nameof(tensors));
        }

        if (tensors.Count != inputs.Length)
        {
            string unknown = tensors.Keys.First(name => !inputs.Any(input => input.Name == name));
            throw new ArgumentException($"The model has no input '{unknown}'; it has: {string.Join(", ", inputs.Select(input => input.Name))}.", nameof(tensors));
        }
    }

    private static bool Fits(GraphShape shape, ImmutableArray<long> sizes)
    {
        if (shape.Rank != sizes.Length)
            return false;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (shape[i].Size is { } size && size != sizes[i])
                return false;
        }

        return true;
    }
}
