using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>
/// Builds an ONNX graph node by node. Types and shapes are inferred and checked as each node is added, so that a mistake
/// is a <see cref="GraphException"/> at the line that made it. Tensors broadcast as in ONNX: from the right, 1 fits any size.
/// Methods carry the names of ONNX's operators and mean what they mean in opset 17.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed partial class GraphBuilder
{
    private const string MlDomain = "ai.onnx.ml";
    private const int MlOpset = 3;

    private readonly List<ValueInfo> _inputs = [];
    private readonly List<NodeProto> _nodes = [];
    private readonly List<(string Name, GraphValue Value)> _outputs = [];
    private readonly SortedDictionary<string, long> _opsets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nextNumber = new(StringComparer.Ordinal);

    // Outputs of nodes that are outputs of the graph: their names inside, and their names outside.
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodeOutputs = new(StringComparer.Ordinal);
    private string _scope = "";

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The graph's name in the file.</param>
    /// <param name="opset">Version of ONNX's operators: 17 (the default) or 18. Files are IR version 8, which goes with both.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opset"/> is neither 17 nor 18.</exception>
    public GraphBuilder(string name = "graph", int opset = 17)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (opset is not (17 or 18))
            throw new ArgumentOutOfRangeException(nameof(opset), opset, "GraphBuilder writes opset 17 or 18.");
        Name = name;
        Opset = opset;
        _opsets.Add("", opset);
        _opsets.Add(MlDomain, MlOpset);
    }

    /// <summary>The graph's name in the file.</summary>
    public string Name { get; }

    /// <summary>Version of ONNX's operators that the graph is written in.</summary>
    public int Opset { get; }

    /// <summary>Adds an input of the graph.</summary>
    /// <param name="name">Its name, under which it is fed.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="shape">Its dimensions, for example <c>"N", 10</c> for a batch of rows of ten. None for a scalar.</param>
    /// <exception cref="GraphException">The name is taken.</exception>
    public GraphValue Input(string name, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Enum.IsDefined(type))
            throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type.");
        Reserve(name, "input");
        var value = new GraphValue(this, name, type, GraphShape.Create(shape));
        _inputs.Add(new(name, type, value.Shape));
        return value;
    }

    /// <summary>
    /// Makes a value an output of the graph. What a node returns is renamed; an input, a constant or a value that is an output already
    /// is copied by an Identity node. Outputs keep the order of these calls.
    /// </summary>
    /// <exception cref="GraphException">The name is taken, or the value belongs to another builder.</exception>
    public void Output(string name, GraphValue value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        RequireOwn(value);
        bool keepsItsName = name == value.Name && _nodeOutputs.Contains(name) && !_renamed.ContainsKey(name);
        if (!keepsItsName)
            Reserve(name, "output");
        if (!_nodeOutputs.Contains(value.Name) || !_renamed.TryAdd(value.Name, name))
        {
            value = Identity(value);
            _renamed.Add(value.Name, name);
        }

        _outputs.Add((name, value));
    }

    /// <summary>Until it is disposed, puts <paramref name="name"/> and a slash before the names of new nodes, also within other scopes.</summary>
    public IDisposable Scope(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var scope = new NameScope(this, _scope);
        _scope += name + "/";
        return scope;
    }

    internal GraphValue Add(NodeProto node, GraphValue output)
    {
        Add(node, [output]);
        return output;
    }

    internal void Add(NodeProto node, ReadOnlySpan<GraphValue> outputs)
    {
        foreach (var output in outputs)
        {
            _names.Add(output.Name);
            _nodeOutputs.Add(output.Name);
            _bytes[output.Name] = BytesOf(output.ElementType, output.Shape);
        }

        _nodes.Add(node);
    }

    private NodeDraft Start(string op, params ReadOnlySpan<GraphValue?> inputs) => Start(op, "", inputs);

    private NodeDraft Start(string op, string domain, ReadOnlySpan<GraphValue?> inputs) =>
        new(this, op, domain, NewName(op), inputs.ToArray());

    private string NewName(string kind)
    {
        string stem = _scope + kind;
        int number = _nextNumber.GetValueOrDefault(stem);
        string name;
        do
        {
            name = $"{stem}_{number++}";
        }
        while (!_names.Add(name));
        _nextNumber[stem] = number;
        return name;
    }

    private void Reserve(string name, string kind)
    {
        if (!_names.Add(name))
            throw new GraphException($"Graph '{Name}': the {kind} name '{name}' is taken by another value. Choose a name that is not yet in the graph.");
    }

    private void RequireOwn(GraphValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Owner != this)
            throw new GraphException($"Graph '{Name}': {value} belongs to another GraphBuilder. Build one graph with one builder, or bring the other in with Inline.");
    }

    private sealed class NameScope(GraphBuilder graph, string outer) : IDisposable
    {
        public void Dispose() => graph._scope = outer;
    }
}
