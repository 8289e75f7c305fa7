namespace Microsoft.ML.Nas.Spaces;

/// <summary>A block whose input is added to its output (He 2016). The body must keep its input's shape.</summary>
/// <param name="Body">The block that computes the difference.</param>
public sealed record Residual(Block Body) : Block;
