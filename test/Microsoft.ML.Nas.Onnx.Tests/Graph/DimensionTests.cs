namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class DimensionTests
{
    [TestMethod]
    public void DimensionsAreFixedSymbolicOrUnknown()
    {
        Dimension fixedSize = 3, symbol = "N";
        Assert.AreEqual(3, fixedSize.Size);
        Assert.AreEqual("N", symbol.Symbol);
        Assert.IsTrue(default(Dimension).IsUnknown);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Dimension.Fixed(-1));
        Assert.ThrowsExactly<ArgumentException>(() => Dimension.Symbolic(" "));
    }

    [TestMethod]
    public void ShapesAreEqualByTheirDimensions()
    {
        GraphShape a = ["N", 3], b = ["N", 3], c = [3, "N"];
        Assert.AreEqual(a, b);
        Assert.AreEqual(a.GetHashCode(), b.GetHashCode());
        Assert.AreNotEqual(a, c);
        Assert.AreEqual("[N, 3]", a.ToString());
        Assert.IsNull(a.ElementCount);
        Assert.AreEqual(12, GraphShape.Fixed(3, 4).ElementCount);
        Assert.AreEqual(1, GraphShape.Scalar.ElementCount);
    }
}
