using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>One row per width choice: ones for the units that exist, zeros for the others (channel masking, Wan 2020, FBNetV2).</summary>
internal static class WidthMasks
{
    public static Tensor Create(ReadOnlySpan<int> widths)
    {
        var largest = 0;
        foreach (var width in widths) largest = Math.Max(largest, width);
        var masks = new float[widths.Length * largest];
        for (var choice = 0; choice < widths.Length; choice++) masks.AsSpan(choice * largest, widths[choice]).Fill(1f);
        return tensor(masks, [widths.Length, largest]);
    }
}
