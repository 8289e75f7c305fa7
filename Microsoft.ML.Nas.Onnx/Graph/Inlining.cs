using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>One model on its way into a graph: its prefix, and what its symbols stand for there.</summary>
internal sealed class Inlining(OnnxModel model, string prefix)
{
    private readonly Dictionary<string, Dimension> _symbols = new(StringComparer.Ordinal);

    public string Prefixed(string name) => $"{prefix}/{name}";

    public GraphException Error(string problem, string remedy) => new($"Inlining model '{model.Name}' as '{prefix}': {problem}. {remedy}.");

    /// <exception cref="OnnxModelException">The model's structure is broken.</exception>
    /// <exception cref="GraphException">The model has parts that cannot be renamed, or outputs of unknown shape.</exception>
    public void RequireInlinable()
    {
        model.Check();
        var graph = model.Proto.Graph;
        if (model.Proto.Functions.Count > 0)
            throw Error("it defines functions of its own", "Export it without functions");
        if (graph.SparseInitializer.Count > 0)
            throw Error("it has sparse constants", "Export it with dense ones");
        if (graph.Node.FirstOrDefault(HoldsGraph) is { } node)
            throw Error($"{node.OpType} node '{node.Name}' holds a graph", "Export it without If, Loop and Scan");
        if (model.Outputs.FirstOrDefault(output => output.Shape is null) is { } output)
            throw Error($"output '{output.Name}' states no shape", "Run ONNX's shape inference on the model first");
    }

    /// <summary>Checks that a value fits an input and notes what the input's symbols stand for.</summary>
    public void Bind(ValueInfo input, GraphValue value)
    {
        if (input.ElementType != value.ElementType)
            throw Error($"input {input} is given {value}", $"Cast it to {input.ElementType}");
        if (input.Shape is null)
            return;
        if (input.Shape.Rank != value.Rank)
            throw Error($"input {input} is given {value}", $"Reshape it to {input.Shape.Rank} dimensions");
        for (int i = 0; i < value.Rank; i++)
        {
            var stated = input.Shape[i].Symbol is { } symbol ? _symbols.GetValueOrDefault(symbol) : input.Shape[i];
            var merged = Dimension.Merge(stated, value.Shape[i])
                ?? throw Error($"input {input} is given {value}: dimension {i} must be {stated}", "Give it a value of that size");
            if (input.Shape[i].Symbol is { } name)
                _symbols[name] = merged;
        }
    }

    /// <summary>The shape of an output in the graph around the model; symbols that no input has get the prefix.</summary>
    public GraphShape Resolve(ValueInfo output) =>
        [.. output.Shape!.Select(dimension => dimension.Symbol is { } symbol ? _symbols.GetValueOrDefault(symbol, Prefixed(symbol)) : dimension)];

    private static bool HoldsGraph(NodeProto node) => node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0);
}
