using System.Globalization;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>The architectures that a search of the tabular space starts with: a small ensemble, then three that each suit another kind of table.</summary>
internal static class TabularStarts
{
    /// <param name="widths">The space's widths.</param>
    /// <param name="members">The space's numbers of ensemble members.</param>
    /// <param name="maxBlocks">The space's largest number of blocks.</param>
    public static Dictionary<string, string>[] For(int[] widths, int[] members, int maxBlocks)
    {
        var ensemble = Nearest(members, 8);
        return
        [
            // Small, so that it scores fast; the ensemble makes it sound.
            Start("standardized", Nearest(widths, 64), ensemble, 1, "mlp", "0.1", "0"),
            // Smooth functions of numbers with many rows: no dropout, gates.
            Start("both", Nearest(widths, 256), ensemble, 2, "gated", "0", "0"),
            // Many columns that repeat each other.
            Start("standardized", Nearest(widths, 128), ensemble, 2, "gated", "0.1", "0"),
            // Many columns, few rows, few of the columns matter.
            Start("standardized", Nearest(widths, 128), ensemble, 1, "mlp", "0.25", "0.3"),
        ];

        Dictionary<string, string> Start(string encoding, int width, int count, int blocks, string block, string dropout, string inputDropout)
        {
            blocks = Math.Min(blocks, maxBlocks);
            var start = new Dictionary<string, string>
            {
                ["encoding"] = encoding,
                ["dropout"] = dropout,
                ["inputDropout"] = inputDropout,
                ["blocks"] = Text(blocks),
            };
            if (widths.Length > 1) start["width"] = Text(width);
            if (members.Length > 1) start["members"] = Text(count);
            for (var copy = 0; copy < blocks; copy++) start[$"blocks[{copy}].block"] = block;
            return start;
        }
    }

    private static int Nearest(int[] values, int wanted) => values.MinBy(value => Math.Abs(value - wanted));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
