using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Whether an inferred shape is what came out.</summary>
internal static class Shapes
{
    /// <summary>Fixed dimensions are right, and symbols of the inputs stand for what they stood for there.</summary>
    public static void AssertFits(GraphShape inferred, ImmutableArray<long> actual, IReadOnlyDictionary<string, OnnxTensor> inputs, OnnxModel model, string what)
    {
        var symbols = new Dictionary<string, long>();
        foreach (var input in model.Inputs)
        {
            for (int i = 0; i < input.Shape!.Rank; i++)
            {
                if (input.Shape[i].Symbol is { } symbol)
                    symbols[symbol] = inputs[input.Name].Shape[i];
            }
        }

        Assert.AreEqual(actual.Length, inferred.Rank, what);
        for (int i = 0; i < actual.Length; i++)
        {
            long? expected = inferred[i].Size ?? (inferred[i].Symbol is { } symbol && symbols.TryGetValue(symbol, out long size) ? size : null);
            if (expected is not null)
                Assert.AreEqual(expected.Value, actual[i], $"{what}: dimension {i} of {inferred}");
        }
    }
}
