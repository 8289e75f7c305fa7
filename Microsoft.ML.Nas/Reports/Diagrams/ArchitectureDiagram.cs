using System.Collections;
using System.Reflection;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>Draws an architecture's tree. Blocks that stand several times in a row are drawn once, with their number.</summary>
internal static class ArchitectureDiagram
{
    private const double Margin = 6;

    /// <summary>Blocks are looked for as repetitions of up to so many.</summary>
    private const int LongestPeriod = 12;

    /// <param name="html">Where to draw.</param>
    /// <param name="tree">A tree without choices.</param>
    /// <param name="input">The shape of one example; null where it is not known.</param>
    /// <param name="title">What the picture shows.</param>
    public static void Write(HtmlWriter html, Block tree, Shape? input, string title)
    {
        var picture = new StackPart([new BoxPart("input", input?.ToString() ?? "", "end"), .. Parts(tree, input, out var output), new BoxPart("prediction head", output is null ? "" : $"from {output}", "end")]);
        var (width, height) = (picture.Width + 2 * Margin, picture.Height + 2 * Margin);
        var (titleId, descriptionId) = (html.NewId(), html.NewId());
        using var scroll = html.Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", title));
        using var svg = html.Element("svg", ("class", "diagram"), ("viewBox", $"0 0 {HtmlWriter.Number(width)} {HtmlWriter.Number(height)}"),
            ("width", HtmlWriter.Number(width)), ("height", HtmlWriter.Number(height)), ("role", "img"), ("aria-labelledby", $"{titleId} {descriptionId}"));
        html.Leaf("title", title, ("id", titleId));
        html.Leaf("desc", BlockDiagram.Draw(tree), ("id", descriptionId));
        picture.Draw(html, Margin, Margin);
    }

    /// <summary>The arrow head that all pictures of a page share.</summary>
    public static void WriteArrow(HtmlWriter html)
    {
        using var svg = html.Element("svg", ("class", "defs"), ("width", "0"), ("height", "0"), ("aria-hidden", "true"));
        using var marker = html.Element("marker", ("id", "arrow"), ("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"), ("markerWidth", "7"), ("markerHeight", "7"), ("orient", "auto"));
        html.Empty("path", ("class", "head"), ("d", "M0,0.5L8,4L0,7.5z"));
    }

    private static IReadOnlyList<DiagramPart> Parts(Block block, Shape? input, out Shape? output)
    {
        if (block is not Chain chain)
        {
            output = OutputOf(block, input);
            return [Part(block, input)];
        }
        var parts = new List<DiagramPart>();
        var blocks = chain.Blocks;
        for (var i = 0; i < blocks.Length;)
        {
            var (period, times) = Repetition(blocks.AsSpan()[i..]);
            var unit = new Chain(blocks.AsSpan().Slice(i, period));
            if (times == 1)
            {
                parts.Add(Part(blocks[i], input));
                input = OutputOf(blocks[i], input);
            }
            else
            {
                parts.Add(new FramePart($"× {times}", new StackPart(Parts(unit, input, out _))));
                for (var time = 0; time < times; time++) input = OutputOf(unit, input);
            }
            i += period * times;
        }
        output = input;
        return parts;
    }

    private static DiagramPart Part(Block block, Shape? input) => block switch
    {
        Op op => Operation(op, input),
        Chain { Blocks.Length: 0 } => new BoxPart("passes on"),
        Chain => new StackPart(Parts(block, input, out _)),
        Residual residual => new ResidualPart(new StackPart(Parts(residual.Body, input, out _))),
        Branches branches => new BranchesPart([.. branches.Blocks.Select(branch => branch is Chain { Blocks.Length: 0 } ? null : Part(branch, input))], branches.Merge == Merge.Sum ? "+" : "∥"),
        Cell cell => CellDiagram.Of(cell),
        SkipConnections skip => CellDiagram.Of(skip),
        CellStack stack => new StackPart([.. Parts(stack.Stem, input, out _), .. CellDiagram.Of(stack)]),
        _ => Unknown(block, input),
    };

    private static BoxPart Operation(Op op, Shape? input)
    {
        var details = BlockDiagram.Parameters(op.Operation).Trim().TrimStart('(').TrimEnd(')');
        if (OutputOf(op, input) is { } output && output != input) details = details.Length > 0 ? $"{details} → {output}" : $"→ {output}";
        return new(op.Operation.Name, details);
    }

    /// <summary>A block of a kind that has no picture of its own: its name, and the blocks inside.</summary>
    private static DiagramPart Unknown(Block block, Shape? input)
    {
        var inner = block.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => property.GetValue(block) switch
            {
                Block one => [one],
                IEnumerable many and not string => many.OfType<Block>(),
                _ => (IEnumerable<Block>)[],
            }).ToArray();
        return inner.Length == 0 ? new BoxPart(block.GetType().Name) : new FramePart(block.GetType().Name, new StackPart([.. inner.Select(child => Part(child, inner.Length == 1 ? input : null))]));
    }

    /// <summary>How many blocks at the beginning are repeated at once, and how often they stand there: what spares the most.</summary>
    private static (int Period, int Times) Repetition(ReadOnlySpan<Block> blocks)
    {
        var best = (Period: 1, Times: 1);
        for (var period = 1; period <= Math.Min(LongestPeriod, blocks.Length / 2); period++)
        {
            var times = 1;
            while ((times + 1) * period <= blocks.Length && blocks.Slice(times * period, period).SequenceEqual(blocks[..period])) times++;
            if (times > 1 && (times - 1) * period > (best.Times - 1) * best.Period) best = (period, times);
        }
        return best;
    }

    /// <summary>The shape that a block gives; null where it cannot be known.</summary>
    private static Shape? OutputOf(Block block, Shape? input)
    {
        if (input is null) return null;
        try
        {
            return SpaceCost.Of(block, input).Output;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
