using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>One architecture of a space: its genotype and the tree without choices.</summary>
public sealed class Architecture
{
    // Samplers resolve far more architectures than they build, so both are made when they are asked for.
    private Block? _tree;
    private string? _id;

    internal Architecture(SearchSpace space, Genotype genotype) => (Space, Genotype) = (space, genotype);

    /// <summary>The space it belongs to.</summary>
    public SearchSpace Space { get; }

    /// <summary>One option per decision.</summary>
    public Genotype Genotype { get; }

    /// <summary>The tree; no choice is left in it.</summary>
    public Block Tree => _tree ??= SpaceResolver.Resolve(Space.Node, Genotype);

    /// <summary>A hash of the space's name and the decisions taken: the same for the same architecture, always. 12 hexadecimal digits.</summary>
    public string Id => _id ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson()))[..6]);

    /// <summary>The decisions that matter in this architecture, by name, with the label of the option taken.</summary>
    public IEnumerable<KeyValuePair<string, string>> Decisions =>
        Enumerable.Range(0, Space.Decisions.Length).Where(index => Space.IsActive(Genotype, index))
            .Select(index => KeyValuePair.Create(Space.Decisions[index].Name, Space.Decisions[index].Labels[Genotype[index]]));

    /// <summary>What the architecture costs on an input, without the prediction head.</summary>
    public Cost CostOn(Shape input) => Measure(input).Cost;

    internal (Shape Output, Cost Cost) Measure(Shape input) => Space.Costs.Of(Space.Node, Genotype, ImageShape.Normalize(input));

    /// <summary>The space's name, the genotype and the decisions as JSON; <see cref="SearchSpace.ParseArchitecture"/> reads it.</summary>
    public string ToJson() => ArchitectureJson.Write(this);

    /// <summary>The tree as an indented diagram, one block a line.</summary>
    public string ToDiagram() => BlockDiagram.Draw(Tree);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({string.Join(", ", Decisions.Select(static pair => $"{pair.Key}={pair.Value}"))})";
}
