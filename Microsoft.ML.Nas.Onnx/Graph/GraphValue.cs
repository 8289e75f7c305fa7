using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>A tensor that flows through the graph of one <see cref="GraphBuilder"/>: an input, a constant or what a node returns.</summary>
public sealed class GraphValue
{
    internal GraphValue(GraphBuilder owner, string name, ElementType elementType, GraphShape shape, ImmutableArray<Dimension>? content = null)
    {
        Owner = owner;
        Name = name;
        ElementType = elementType;
        Shape = shape;
        Content = content;
    }

    /// <summary>Its name while the graph is built; an output is given its own by <see cref="GraphBuilder.Output"/>.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>Its shape.</summary>
    public GraphShape Shape { get; }

    /// <summary>The number of its dimensions.</summary>
    public int Rank => Shape.Rank;

    internal GraphBuilder Owner { get; }

    /// <summary>The elements of a one-dimensional Int64 tensor as far as they are known while building, so that a computed shape stays a known shape.</summary>
    internal ImmutableArray<Dimension>? Content { get; }

    /// <summary>For example <c>'x' Float [N, 10]</c>.</summary>
    public override string ToString() => $"'{Name}' {ElementType} {Shape}";
}
