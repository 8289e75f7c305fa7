namespace Microsoft.ML.Nas.Training;

/// <summary>An optimiser over one flat buffer.</summary>
internal interface IFlatOptimizer : IDisposable
{
    /// <summary>Takes a step along the gradients; they stay as they are.</summary>
    void Step(double learningRate);
}
