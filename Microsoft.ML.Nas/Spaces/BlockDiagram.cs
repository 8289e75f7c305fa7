using System.Text;

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
                var settings = string.Join(", ", op.Operation.Settings.Select(static pair => $"{pair.Parameter.ToLowerInvariant()} {pair.Setting}"));
                text.Append(indent).Append(op.Operation.Name).AppendLine(settings.Length > 0 ? $" ({settings})" : "");
                break;
            default:
                text.Append(indent).AppendLine(block.ToString());
                break;
        }
    }
}
