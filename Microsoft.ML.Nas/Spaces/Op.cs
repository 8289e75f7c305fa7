using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>One operation; its settings may be decisions.</summary>
/// <param name="Operation">The operation.</param>
public sealed record Op(Operation Operation) : Block;
