using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>The options of one edge that are computed together.</summary>
/// <param name="Layout">Of what the options read and give.</param>
/// <param name="Output">Of what second stages read.</param>
/// <param name="Channels">The number of input channels.</param>
/// <param name="Units">The options that compute something.</param>
/// <param name="Skips">The options that pass their input on.</param>
/// <param name="WeightCount">The number of values of the options' parameters.</param>
internal sealed record MixedEdge(PlaneLayout Layout, PlaneLayout Output, int Channels, MixedUnit[] Units, int[] Skips, int WeightCount)
{
    /// <summary>The most branches that a unit has at once.</summary>
    public int Branches => Units.Max(static unit => unit.First?.Branches.Length ?? 1);
}
