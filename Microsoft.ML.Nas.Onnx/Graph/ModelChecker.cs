using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>The rules of structure that hold for every model, whatever its operators.</summary>
internal sealed class ModelChecker
{
    private const long OldestIrVersion = 3;
    private const long NewestIrVersion = 13;

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _domains = new(StringComparer.Ordinal);

    private ModelChecker()
    {
    }

    /// <summary>Everything that is wrong with the model; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(ModelProto model)
    {
        var checker = new ModelChecker();
        checker.CheckHeader(model);
        checker.CheckGraph(model.Graph, new(StringComparer.Ordinal));
        return checker._problems;
    }

    private void CheckHeader(ModelProto model)
    {
        if (model.IrVersion is < OldestIrVersion or > NewestIrVersion)
            Report($"IR version {model.IrVersion} is not between {OldestIrVersion} and {NewestIrVersion}");
        foreach (var opset in model.OpsetImport)
        {
            if (!_domains.Add(Canonical(opset.Domain)))
                Report($"domain '{opset.Domain}' is imported twice");
            if (opset.Version < 1)
                Report($"domain '{opset.Domain}' is imported in version {opset.Version}");
        }

        foreach (var key in model.MetadataProps.GroupBy(entry => entry.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
            Report($"metadata key '{key.Key}' appears {key.Count()} times");
        // Nodes may call the model's own functions.
        _domains.UnionWith(model.Functions.Select(function => Canonical(function.Domain)));
    }

    /// <param name="graph">The graph, or the body of a control-flow node.</param>
    /// <param name="outer">Names that can be used from outside, where the graph is a body.</param>
    private void CheckGraph(GraphProto graph, HashSet<string> outer)
    {
        if (graph.Name.Length == 0)
            Report("the graph has no name");
        var visible = new HashSet<string>(outer, StringComparer.Ordinal);
        foreach (var input in graph.Input)
        {
            Define(visible, input.Name, "input");
            if (outer.Count == 0 && input.Type is null)
                Report($"input '{input.Name}' has no type");
        }

        var inputs = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var constants = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer)
        {
            // A constant of an input's name is that input's default.
            if (!constants.Add(tensor.Name))
                Report($"constant '{tensor.Name}' is given twice");
            else if (!inputs.Contains(tensor.Name))
                Define(visible, tensor.Name, "constant");
            if (TensorRules.Problem(tensor) is { } problem)
                Report($"constant '{tensor.Name}' {problem}");
        }

        foreach (var sparse in graph.SparseInitializer)
            Define(visible, sparse.Values.Name, "constant");
        foreach (var node in graph.Node)
            CheckNode(node, visible);
        if (graph.Output.Count == 0)
            Report("the graph has no output");
        foreach (var output in graph.Output)
        {
            if (!visible.Contains(output.Name))
                Report($"output '{output.Name}' is made by no node");
        }

        foreach (var group in graph.Output.GroupBy(output => output.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            Report($"output '{group.Key}' is listed {group.Count()} times");
    }

    private void CheckNode(NodeProto node, HashSet<string> visible)
    {
        string label = $"{node.OpType} node '{node.Name}'";
        if (node.OpType.Length == 0)
            Report($"node '{node.Name}' has no operator");
        if (!_domains.Contains(Canonical(node.Domain)))
            Report($"{label} is of domain '{node.Domain}', which is not imported");
        foreach (string input in node.Input.Where(input => input.Length > 0 && !visible.Contains(input)))
            Report($"{label} uses '{input}' before it is made, or nothing makes it");

        var attributes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in node.Attribute)
        {
            if (!attributes.Add(attribute.Name))
                Report($"{label} has attribute '{attribute.Name}' twice");
            if (attribute.Type == AttributeProto.Types.AttributeType.Undefined)
                Report($"{label} has attribute '{attribute.Name}' without a type");
            if (attribute.T is not null && TensorRules.Problem(attribute.T) is { } problem)
                Report($"{label}: tensor of attribute '{attribute.Name}' {problem}");
            if (attribute.G is not null)
                CheckGraph(attribute.G, visible);
            foreach (var graph in attribute.Graphs)
                CheckGraph(graph, visible);
        }

        foreach (string output in node.Output.Where(output => output.Length > 0))
            Define(visible, output, $"output of {label}");
    }

    private void Define(HashSet<string> visible, string name, string kind)
    {
        if (name.Length == 0)
            Report($"an {kind} has no name");
        else if (!visible.Add(name))
            Report($"'{name}' ({kind}) is the name of another value already");
    }

    private void Report(string problem) => _problems.Add(problem);

    private static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
}
