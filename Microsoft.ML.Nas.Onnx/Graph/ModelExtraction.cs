using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>Cuts parts out of models.</summary>
public static class ModelExtraction
{
    /// <summary>The part of a model that computes some of its outputs from values inside it.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="inputs">The values that the part is fed, with the type and shape they have in the model.</param>
    /// <param name="outputs">Names of the model's outputs.</param>
    /// <exception cref="OnnxModelException">There is no such output, or it needs more than the inputs give.</exception>
    public static OnnxModel Extract(this OnnxModel model, IReadOnlyList<ValueInfo> inputs, params ReadOnlySpan<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        var part = model.Proto.Clone();
        var graph = part.Graph;
        var wanted = graph.Output.ToDictionary(static output => output.Name);
        graph.Output.Clear();
        foreach (var name in outputs)
            graph.Output.Add(wanted.GetValueOrDefault(name) ?? throw new OnnxModelException($"Model '{model.Name}' has no output '{name}'; it has: {string.Join(", ", wanted.Keys)}."));

        var fed = inputs.Select(static input => input.Name).ToHashSet(StringComparer.Ordinal);
        var needed = graph.Output.Select(static output => output.Name).ToHashSet(StringComparer.Ordinal);
        var nodes = new List<NodeProto>();
        // Nodes come after what they need, so one pass from the end finds all that is needed.
        foreach (var node in graph.Node.Reverse())
        {
            if (!node.Output.Any(output => needed.Contains(output) && !fed.Contains(output))) continue;
            nodes.Add(node);
            needed.UnionWith(node.Input.Where(static input => input.Length > 0));
        }
        if (graph.Input.FirstOrDefault(input => needed.Contains(input.Name) && !fed.Contains(input.Name)) is { } missing)
            throw new OnnxModelException($"Model '{model.Name}': its output needs the input '{missing.Name}', which is not computed from {string.Join(", ", fed)}. Feed it too.");

        nodes.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        var constants = graph.Initializer.Where(tensor => needed.Contains(tensor.Name) && !fed.Contains(tensor.Name)).ToArray();
        graph.Initializer.Clear();
        graph.Initializer.AddRange(constants);
        graph.Input.Clear();
        graph.Input.AddRange(inputs.Select(static input => input.ToProto()));
        graph.ValueInfo.Clear();
        var domains = nodes.Select(static node => node.Domain).Append("").ToHashSet(StringComparer.Ordinal);
        var opsets = part.OpsetImport.Where(opset => domains.Contains(opset.Domain)).ToArray();
        part.OpsetImport.Clear();
        part.OpsetImport.AddRange(opsets);
        return new OnnxModel(part);
    }

    /// <summary>The model with another name for one of its inputs.</summary>
    /// <exception cref="OnnxModelException">There is no such input, or the name is taken.</exception>
    public static OnnxModel RenameInput(this OnnxModel model, string name, string newName)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(newName);
        var copy = model.Proto.Clone();
        var input = copy.Graph.Input.FirstOrDefault(input => input.Name == name)
            ?? throw new OnnxModelException($"Model '{model.Name}' has no input '{name}'; it has: {string.Join(", ", copy.Graph.Input.Select(static input => input.Name))}.");
        if (copy.Graph.Node.SelectMany(static node => node.Output).Concat(copy.Graph.Initializer.Select(static tensor => tensor.Name)).Concat(copy.Graph.Input.Select(static other => other.Name)).Contains(newName))
            throw new OnnxModelException($"Model '{model.Name}' has a value '{newName}' already; choose another name for the input '{name}'.");
        input.Name = newName;
        foreach (var node in copy.Graph.Node)
            for (var i = 0; i < node.Input.Count; i++)
                if (node.Input[i] == name) node.Input[i] = newName;
        return new OnnxModel(copy);
    }
}
