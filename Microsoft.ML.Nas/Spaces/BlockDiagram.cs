using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Draws a tree without choices for a person to read.</summary>
internal static class BlockDiagram
{
    public static string Draw(Block block)
    {
        var text = new StringBuilder();
        Draw(block, "", text);
        return text.ToString().TrimEnd();
    }

    /// <summary>What the operation's own record says of it, as in <c> (units 64)</c>.</summary>
    public static string Parameters(Operation operation)
    {
        var values = operation.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]} {property.GetValue(operation)}")).ToArray();
        return values.Length > 0 ? $" ({string.Join(", ", values)})" : "";
    }

    private static void Draw(Block block, string indent, StringBuilder text)
    {
        switch (block)
        {
            case Chain chain:
                foreach (var child in chain.Blocks) Draw(child, indent, text);
                break;
            case Residual residual:
                text.Append(indent).AppendLine("┌─ residual");
                Draw(residual.Body, indent + "│  ", text);
                text.Append(indent).AppendLine("└─ + input");
                break;
            case Op op:
                text.Append(indent).Append(op.Operation.Name).AppendLine(Parameters(op.Operation));
                break;
            case Branches branches:
                text.Append(indent).AppendLine("┌─ branches");
                for (var branch = 0; branch < branches.Blocks.Length; branch++) DrawEdge($"{branch + 1}", branches.Blocks[branch]);
                text.Append(indent).AppendLine(branches.Merge == Merge.Sum ? "└─ added" : "└─ joined");
                break;
            case SkipConnections skip:
                text.Append(indent).AppendLine($"┌─ layers {skip.Name}");
                for (var layer = 0; layer < skip.Layers.Length; layer++)
                    DrawEdge($"{layer} ← {(skip.Sources is { } sources && sources[layer].Length > 0 ? string.Join(" + ", sources[layer]) : "input")}", skip.Layers[layer]);
                text.Append(indent).AppendLine("└─ layers that feed no other, joined");
                break;
            case Cell cell:
                text.Append(indent).AppendLine($"┌─ cell {cell.Name}");
                for (var input = 0; input < cell.Inputs.Length; input++) DrawEdge($"{input} ← input", cell.Inputs[input]);
                foreach (var edge in cell.Edges) DrawEdge($"{edge.To} ← {edge.From}", edge.Block);
                text.Append(indent).AppendLine(cell.Output == CellOutput.LastNode ? "└─ last node" : "└─ nodes joined");
                break;
            case CellStack stack:
                Draw(stack.Stem, indent, text);
                foreach (var cell in stack.Cells) Draw(cell, indent, text);
                break;
            default:
                text.Append(indent).AppendLine(block.ToString());
                break;
        }

        void DrawEdge(string title, Block inner)
        {
            text.Append(indent).Append("│  ").Append(title).AppendLine(inner is Chain { Blocks.Length: 0 } ? ": as it is" : "");
            Draw(inner, indent + "│    ", text);
        }
    }
}
