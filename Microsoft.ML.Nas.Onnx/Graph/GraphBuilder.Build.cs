using Onnx;

namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// The model of what was built so far. Nodes and constants that no output needs are left out; inputs all stay.
    /// The builder may go on afterwards.
    /// </summary>
    /// <param name="metadata">Producer, documentation and properties; by default NasMl and no properties.</param>
    /// <exception cref="GraphException">The graph has no output.</exception>
    public OnnxModel Build(ModelMetadata? metadata = null)
    {
        if (_outputs.Count == 0)
            throw new GraphException($"Graph '{Name}' has no output. Call Output(name, value) before Build.");

        var needed = _outputs.Select(output => output.Value.Name).ToHashSet(StringComparer.Ordinal);
        var nodes = NeededNodes(needed);
        var graph = new GraphProto { Name = Name };
        graph.Node.AddRange(nodes.Select(Renamed));
        graph.Initializer.AddRange(_constants.Where(constant => needed.Contains(constant.Value.Name)).Select(constant => Named(constant.Key, constant.Value.Name)));
        graph.Input.AddRange(_inputs.Select(input => input.ToProto()));
        graph.Output.AddRange(_outputs.Select(output => new ValueInfo(output.Name, output.Value.ElementType, output.Value.Shape).ToProto()));

        var model = new ModelProto { IrVersion = OnnxModel.WrittenIrVersion, Graph = graph };
        var domains = nodes.Select(node => node.Domain).Append("").ToHashSet(StringComparer.Ordinal);
        foreach (var (domain, version) in _opsets.Where(opset => domains.Contains(opset.Key)))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
        (metadata ?? new ModelMetadata()).WriteTo(model);
        return new OnnxModel(model);
    }

    private List<NodeProto> NeededNodes(HashSet<string> needed)
    {
        var nodes = new List<NodeProto>();
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            if (!node.Output.Any(needed.Contains))
                continue;
            nodes.Add(node);
            needed.UnionWith(node.Input);
        }

        nodes.Reverse();
        return nodes;
    }

    private NodeProto Renamed(NodeProto node)
    {
        var copy = node.Clone();
        for (int i = 0; i < copy.Input.Count; i++)
            copy.Input[i] = _renamed.GetValueOrDefault(copy.Input[i], copy.Input[i]);
        for (int i = 0; i < copy.Output.Count; i++)
            copy.Output[i] = _renamed.GetValueOrDefault(copy.Output[i], copy.Output[i]);
        return copy;
    }

    private static TensorProto Named(TensorProto tensor, string name)
    {
        var copy = tensor.Clone();
        copy.Name = name;
        return copy;
    }
}
