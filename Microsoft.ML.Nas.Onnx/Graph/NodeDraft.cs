using System.Collections.Immutable;

using Google.Protobuf;

using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>A node while its inputs are checked and its attributes are set; it enters the graph with its first and only call of Output or Outputs.</summary>
internal sealed class NodeDraft
{
    private readonly GraphBuilder _graph;
    private readonly GraphValue?[] _inputs;
    private readonly NodeProto _proto;

    public NodeDraft(GraphBuilder graph, string op, string domain, string name, GraphValue?[] inputs)
    {
        _graph = graph;
        _inputs = inputs;
        _proto = new NodeProto { OpType = op, Name = name };
        if (domain.Length > 0)
            _proto.Domain = domain;
        foreach (var input in inputs)
        {
            if (input is not null && input.Owner != graph)
                throw Error($"{input} belongs to another GraphBuilder", "Build one graph with one builder, or bring the other in with Inline");
            _proto.Input.Add(input?.Name ?? "");
        }
    }

    /// <summary>The node's name.</summary>
    public string Name => _proto.Name;

    public GraphException Error(string problem, string remedy)
    {
        string inputs = string.Join(", ", _inputs.Select(input => input?.ToString() ?? "(none)"));
        return new(_proto.OpType, _proto.Name, $"{_proto.OpType} node '{_proto.Name}' ({inputs}): {problem}. {remedy}.");
    }

    /// <summary>Every input given has a type of <paramref name="types"/>.</summary>
    public NodeDraft Accept(TypeSet types)
    {
        foreach (var input in _inputs)
            Accept(input, types);
        return this;
    }

    public NodeDraft Accept(GraphValue? input, TypeSet types) =>
        input is null || types.Contains(input.ElementType) ? this
        : throw Error($"{input} has type {input.ElementType}", $"Cast it to one of: {types}");

    /// <summary>Every input given has a type of <paramref name="types"/>, and all the same.</summary>
    public NodeDraft AcceptSame(TypeSet types) => Accept(types).Same(_inputs);

    public NodeDraft Same(params ReadOnlySpan<GraphValue?> values)
    {
        GraphValue? first = null;
        foreach (var value in values)
        {
            if (value is null)
                continue;
            first ??= value;
            if (value.ElementType != first.ElementType)
                throw Error($"types {first.ElementType} and {value.ElementType} differ", "Cast one of them to the other's type");
        }

        return this;
    }

    public NodeDraft Rank(GraphValue? value, int rank) =>
        value is null || value.Rank == rank ? this
        : throw Error($"{value} has {value.Rank} dimensions, {rank} are needed", "Reshape, Squeeze or Unsqueeze it");

    /// <summary>The axis counted from 0; negative ones count from the end.</summary>
    public int Axis(int axis, int rank) =>
        axis >= -rank && axis < rank ? (axis < 0 ? axis + rank : axis)
        : throw Error($"there is no axis {axis} among {rank} dimensions", rank == 0 ? "A scalar has no axes" : $"Give an axis from {-rank} to {rank - 1}");

    /// <summary>Distinct axes counted from 0, ascending.</summary>
    public int[] Axes(ReadOnlySpan<int> axes, int rank)
    {
        var result = new SortedSet<int>();
        foreach (int axis in axes)
        {
            if (!result.Add(Axis(axis, rank)))
                throw Error($"axis {axis} is given twice", "Name each axis once");
        }

        return [.. result];
    }

    public NodeDraft Attribute(string name, long value) =>
        Add(new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value });

    public NodeDraft Attribute(string name, bool value) => Attribute(name, value ? 1L : 0L);

    public NodeDraft Attribute(string name, float value) =>
        Add(new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value });

    public NodeDraft Attribute(string name, string value) =>
        Add(new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) });

    public NodeDraft Attribute(string name, IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return Add(attribute);
    }

    public NodeDraft Attribute(string name, IEnumerable<float> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.AddRange(values);
        return Add(attribute);
    }

    public NodeDraft Attribute(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return Add(attribute);
    }

    public NodeDraft Attribute(string name, GraphProto graph) =>
        Add(new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph });

    /// <summary>Adds the node to the graph and returns its only output.</summary>
    public GraphValue Output(ElementType type, GraphShape shape, ImmutableArray<Dimension>? content = null)
    {
        _proto.Output.Add(_proto.Name);
        return _graph.Add(_proto, new GraphValue(_graph, _proto.Name, type, shape, content));
    }

    /// <summary>Adds the node to the graph and returns its outputs.</summary>
    public GraphValue[] Outputs(params ReadOnlySpan<(ElementType Type, GraphShape Shape)> outputs)
    {
        var values = new GraphValue[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            values[i] = new GraphValue(_graph, $"{_proto.Name}:{i}", outputs[i].Type, outputs[i].Shape);
            _proto.Output.Add(values[i].Name);
        }

        _graph.Add(_proto, values);
        return values;
    }

    private NodeDraft Add(AttributeProto attribute)
    {
        _proto.Attribute.Add(attribute);
        return this;
    }
}
