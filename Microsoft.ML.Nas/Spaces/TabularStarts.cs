using System.Globalization;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>The architectures that a search of the tabular space starts with: a small one, then three that each suit another kind of table.</summary>
internal static class TabularStarts
{
    /// <param name="widths">The space's widths.</param>
    /// <param name="members">The space's numbers of ensemble members.</param>
    /// <param name="maxBlocks">The space's largest number of blocks.</param>
    public static Dictionary<string, string>[] For(int[] widths, int[] members, int maxBlocks)
    {
        return
        [
            // One hidden layer, so that it scores fast; quantile bins and an ensemble make it sound.
            new(Start("quantile", 64, 4, "0.1", "0")) { ["output"] = "plain" },
            // Many rows, smooth classes.
            Start("standardized", 256, 4, "0.1", "0", "gated", "gated"),
            // Many rows, a smooth number to predict.
            Start("both", 128, 4, "0", "0", "gated", "gated"),
            // Many columns, few rows, few of the columns matter.
            Start("standardized", 128, 4, "0.25", "0.25", "gated"),
        ];

        Dictionary<string, string> Start(string encoding, int width, int count, string dropout, string inputDropout, params string[] kinds)
        {
            var blocks = Math.Min(kinds.Length, maxBlocks);
            var start = new Dictionary<string, string>
            {
                ["encoding"] = encoding,
                ["dropout"] = dropout,
                ["inputDropout"] = inputDropout,
                ["blocks"] = Text(blocks),
            };
            if (widths.Length > 1) start["width"] = Text(Nearest(widths, width));
            if (members.Length > 1) start["members"] = Text(Nearest(members, count));
            for (var copy = 0; copy < blocks; copy++) start[$"blocks[{copy}].block"] = kinds[copy];
            return start;
        }
    }

    private static int Nearest(int[] values, int wanted) => values.MinBy(value => Math.Abs(value - wanted));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
