namespace Microsoft.ML.Nas;

/// <summary>How near ONNX Runtime's answers are to the trained network's, on validation rows.</summary>
/// <param name="Rows">The number of rows compared.</param>
/// <param name="LargestAbsoluteDifference">The largest difference of a probability, or of a prediction in standard deviations of the label.</param>
/// <param name="LargestRelativeDifference">The largest difference in proportion to the network's own answer (where that is not 0).</param>
/// <param name="WorstRow">The compared row with the largest absolute difference, counted from 0.</param>
/// <param name="Limit">The largest absolute difference allowed.</param>
public sealed record ParityReport(int Rows, double LargestAbsoluteDifference, double LargestRelativeDifference, int WorstRow, double Limit)
{
    /// <summary>Whether all answers agree within <see cref="Limit"/>.</summary>
    public bool Agrees => LargestAbsoluteDifference <= Limit;
}
