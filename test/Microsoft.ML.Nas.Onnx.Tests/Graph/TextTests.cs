namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Operators on text that ONNX's own tests do not cover.</summary>
[TestClass]
public class TextTests
{
    [TestMethod]
    public void LettersBecomeLowerCase()
    {
        var graph = new GraphBuilder();
        graph.Output("y", graph.ToLower(graph.Input("x", ElementType.String, "N")));
        CollectionAssert.AreEqual(new[] { "good tea", "", "a-z 1" }, Run(graph, "GOOD Tea", "", "A-z 1").Values.ToArray());
    }

    [TestMethod]
    public void TokensAreWhatTheExpressionFinds()
    {
        var graph = new GraphBuilder();
        graph.Output("y", graph.Tokenizer(graph.Input("x", ElementType.String, "N"), @"[a-z\x{E9}]+|[!?]"));
        var tokens = Run(graph, "ab cé1! d", "", "?");
        CollectionAssert.AreEqual(new long[] { 3, 4 }, tokens.Shape.ToArray());
        CollectionAssert.AreEqual(new[] { "ab", "cé", "!", "d", "", "", "", "", "?", "", "", "" }, tokens.Values.ToArray());
    }

    private static OnnxTensor<string> Run(GraphBuilder graph, params string[] texts)
    {
        using var session = new OnnxSession(graph.Build());
        return session.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Create(texts, texts.Length) })["y"].As<string>();
    }
}
