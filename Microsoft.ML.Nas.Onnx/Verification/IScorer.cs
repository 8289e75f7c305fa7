namespace Microsoft.ML.Nas.Onnx;

/// <summary>Anything that turns rows into numbers: an ONNX session, a network in another framework, a formula.</summary>
public interface IScorer
{
    /// <summary>Scores rows.</summary>
    /// <param name="rows">A tensor for each input, by name; the first dimension counts the rows.</param>
    /// <returns>The scores by name; the first dimension counts the rows.</returns>
    IReadOnlyDictionary<string, OnnxTensor<float>> Score(IReadOnlyDictionary<string, OnnxTensor> rows);
}
