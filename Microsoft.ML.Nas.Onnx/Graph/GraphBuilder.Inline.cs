namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// Puts a whole model into this graph: its inputs become the given values, its nodes and constants follow under names that begin with
    /// <paramref name="prefix"/> and a slash, and its outputs come back by their names in the model. Symbols in the model's shapes
    /// take on the dimensions of what it is given.
    /// </summary>
    /// <param name="model">A model in the same opset, without control flow and functions, whose outputs state their shapes.</param>
    /// <param name="inputs">A value for each of the model's inputs, by name.</param>
    /// <param name="prefix">What sets its names apart from all others in this graph.</param>
    /// <exception cref="GraphException">An input is missing, unknown or does not fit, the prefix is taken, or the model cannot be put inside another.</exception>
    public IReadOnlyDictionary<string, GraphValue> Inline(OnnxModel model, IReadOnlyDictionary<string, GraphValue> inputs, string prefix)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        var inlining = new Inlining(model, _scope + prefix);
        inlining.RequireInlinable();
        var values = BindInputs(model, inputs, inlining);
        ImportOpsets(model, inlining);
        // No value's name ends with a slash, so this one stands for the prefix.
        if (!_names.Add(inlining.Prefixed("")))
            throw inlining.Error("the prefix is taken by a model that was inlined before", "Choose another");

        foreach (var tensor in model.Proto.Graph.Initializer.Where(tensor => !values.ContainsKey(tensor.Name)))
        {
            var content = tensor.Clone();
            content.ClearName();
            content.ClearDocString();
            values.Add(tensor.Name, Store(content, GraphShape.Fixed([.. tensor.Dims])));
        }

        var names = values.ToDictionary(entry => entry.Key, entry => entry.Value.Name, StringComparer.Ordinal);
        foreach (var node in model.Proto.Graph.Node)
        {
            var copy = node.Clone();
            copy.Name = inlining.Prefixed(node.Name.Length > 0 ? node.Name : node.OpType);
            for (int i = 0; i < copy.Input.Count; i++)
                copy.Input[i] = copy.Input[i].Length == 0 ? "" : names[copy.Input[i]];
            for (int i = 0; i < copy.Output.Count; i++)
            {
                if (copy.Output[i].Length == 0)
                    continue;
                names[node.Output[i]] = copy.Output[i] = inlining.Prefixed(node.Output[i]);
                Reserve(copy.Output[i], "inlined");
                _nodeOutputs.Add(copy.Output[i]);
            }

            _nodes.Add(copy);
        }

        var outputs = new OrderedDictionary<string, GraphValue>(StringComparer.Ordinal);
        foreach (var output in model.Outputs)
            outputs.Add(output.Name, values.GetValueOrDefault(output.Name) ?? new GraphValue(this, names[output.Name], output.ElementType, inlining.Resolve(output)));
        return outputs;
    }

    private Dictionary<string, GraphValue> BindInputs(OnnxModel model, IReadOnlyDictionary<string, GraphValue> inputs, Inlining inlining)
    {
        var values = new Dictionary<string, GraphValue>(StringComparer.Ordinal);
        var declared = model.Proto.Graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (inputs.Keys.FirstOrDefault(name => !declared.Contains(name)) is { } unknown)
            throw inlining.Error($"it has no input '{unknown}'", $"Its inputs are: {string.Join(", ", declared)}");
        foreach (var proto in model.Proto.Graph.Input)
        {
            var input = ValueInfo.FromProto(proto);
            if (inputs.TryGetValue(input.Name, out var value))
            {
                RequireOwn(value);
                inlining.Bind(input, value);
                values.Add(input.Name, value);
            }
            else if (model.Inputs.Any(required => required.Name == input.Name))
            {
                throw inlining.Error($"input {input} is not given", "Give a value for every input");
            }
        }

        return values;
    }

    private void ImportOpsets(OnnxModel model, Inlining inlining)
    {
        foreach (var (domain, version) in model.Opsets.Where(opset => opset.Key.Length == 0 || model.Proto.Graph.Node.Any(node => node.Domain == opset.Key)))
        {
            if (_opsets.TryGetValue(domain, out long own) && own != version)
                throw inlining.Error($"it is in opset {version} of domain '{domain}', this graph in {own}", "Export it in the same opset, or start the builder with its opset");
        }

        foreach (var (domain, version) in model.Opsets)
            _opsets.TryAdd(domain, version);
    }
}
