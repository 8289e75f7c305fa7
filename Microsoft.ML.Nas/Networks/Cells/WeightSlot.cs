namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>A parameter of a node's edge.</summary>
/// <param name="Parameter">Which of the node's parameters.</param>
/// <param name="Offset">Where its gradient begins among those of the edge's parameters.</param>
/// <param name="Count">The number of its values.</param>
internal sealed record WeightSlot(int Parameter, int Offset, int Count);
