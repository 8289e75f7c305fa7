namespace Microsoft.ML.Nas.Data;

/// <summary>Which rows weights are fitted on and which architectures are ranked on, by number, ascending.</summary>
internal sealed record RowSplit(int[] Train, int[] Validation);
