using System.Globalization;

namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Comparison of tensors as ONNX's own test runner does it.</summary>
internal static class Tensors
{
    public static void AssertClose(OnnxTensor expected, OnnxTensor actual, string what)
    {
        Assert.AreEqual(expected.ElementType, actual.ElementType, what);
        CollectionAssert.AreEqual(expected.Shape.ToArray(), actual.Shape.ToArray(), what);
        double[] right = Doubles(expected), given = Doubles(actual);
        for (int i = 0; i < right.Length; i++)
        {
            bool close = right[i].Equals(given[i]) || Math.Abs(right[i] - given[i]) <= 1e-6 + 1e-3 * Math.Abs(right[i]);
            Assert.IsTrue(close, $"{what}: element {i} is {given[i]}, not {right[i]}");
        }
    }

    /// <summary>The elements as numbers, text as the number it says.</summary>
    public static double[] Doubles(OnnxTensor tensor) => tensor switch
    {
        OnnxTensor<float> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<double> x => x.Values.ToArray(),
        OnnxTensor<Half> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<long> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<int> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<short> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<sbyte> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<ulong> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<uint> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<ushort> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<byte> x => [.. x.Values.ToArray().Select(v => (double)v)],
        OnnxTensor<bool> x => [.. x.Values.ToArray().Select(v => v ? 1.0 : 0)],
        _ => [.. tensor.As<string>().Values.ToArray().Select(text => double.Parse(text, CultureInfo.InvariantCulture))],
    };
}
