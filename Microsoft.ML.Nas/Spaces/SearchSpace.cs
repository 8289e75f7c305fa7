using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>
/// All architectures that a tree with choices describes, seen as a flat list of decisions.
/// The user's tree and the algorithm's list are two views of one thing (Peng 2020, PyGlove).
/// </summary>
public sealed class SearchSpace
{
    private readonly ImmutableArray<ImmutableArray<int>> _children;
    private readonly ImmutableArray<Genotype> _starts;

    /// <summary>Creates a space and checks that every choice fits its surroundings.</summary>
    /// <param name="name">What the space is called; part of every architecture's id.</param>
    /// <param name="root">The tree.</param>
    /// <param name="exampleInput">An input that the space is for; shapes are checked on it, and again on the real input when a search starts.</param>
    /// <param name="starts">Architectures that are known to be sound, each as the decisions in which it differs from "every first option". The first is trial zero of every search. Default: one, with every first option.</param>
    /// <exception cref="SearchSpaceException">A choice does not fit: the message names the decision and the shapes.</exception>
    public SearchSpace(string name, Block root, Shape exampleInput, params ReadOnlySpan<IReadOnlyDictionary<string, string>> starts)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(root);
        Name = name;
        Root = root;
        (Node, Decisions) = SpaceBinder.Bind(root);
        _children = [.. Decisions.Select((_, parent) => (ImmutableArray<int>)[.. Enumerable.Range(0, Decisions.Length).Where(child => Decisions[child].Condition?.Decision == parent)])];
        Size = Enumerable.Range(0, Decisions.Length).Where(index => Decisions[index].Condition is null)
            .Aggregate(BigInteger.One, (product, index) => product * SizeOf(index));
        var first = Normalize([.. Decisions.Select(static _ => 0)]);
        Starts = _starts = starts.IsEmpty ? [first] : [.. starts.ToArray().Select(start => Parse(start))];
        Costs = new SpaceCost();
        Input = exampleInput;
        CheckShapes(Input);
    }

    private SearchSpace(SearchSpace space, Shape input, ImmutableArray<SpaceConstraint> constraints)
    {
        (Name, Root, Node, Decisions, Size, Costs, _children, _starts) = (space.Name, space.Root, space.Node, space.Decisions, space.Size, space.Costs, space._children, space._starts);
        (Input, Constraints) = (input, constraints);
        Starts = [.. _starts.Where(Allows)];
        if (Starts.IsEmpty) Starts = [Sample(new Random(0))];
    }

    /// <summary>What the space is called.</summary>
    public string Name { get; }

    /// <summary>The tree with its choices.</summary>
    public Block Root { get; }

    /// <summary>The decisions, parents before what depends on them.</summary>
    public ImmutableArray<Decision> Decisions { get; }

    /// <summary>The input that shapes were checked and costs are limited on.</summary>
    public Shape Input { get; }

    /// <summary>The number of different architectures, those that the constraints do not allow included.</summary>
    public BigInteger Size { get; }

    /// <summary>
    /// A hash of the tree: the same for spaces of the same name with the same blocks, decisions, options and constraints, in every process.
    /// 16 hexadecimal digits.
    /// </summary>
    public string Hash => field ??= SpaceFingerprint.Of(this);

    /// <summary>Architectures that are known to be sound; every search starts with them. Where the constraints allow none of them, one that they allow.</summary>
    public ImmutableArray<Genotype> Starts { get; }

    /// <summary>The architecture that trial zero of every search trains.</summary>
    public Genotype Default => Starts[0];

    /// <summary>The shape of the default architecture's output on <see cref="Input"/>.</summary>
    internal Shape OutputShape => Costs.Of(Node, Default, Input).Output;

    internal SpaceNode Node { get; }

    internal SpaceCost Costs { get; }

    /// <summary>What must hold for every architecture.</summary>
    internal ImmutableArray<SpaceConstraint> Constraints { get; } = [];

    /// <summary>Checks that every choice fits its surroundings for an input.</summary>
    /// <exception cref="SearchSpaceException">A choice does not fit.</exception>
    public void CheckShapes(Shape input) => ShapeInference.Check(this, input);

    /// <summary>A genotype from option indices, inactive decisions set to 0.</summary>
    /// <exception cref="ArgumentException">There are too many or too few indices, or one is out of range.</exception>
    public Genotype Normalize(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Decisions.Length)
            throw new ArgumentException($"Space '{Name}' has {Decisions.Length} decisions; {indices.Length} indices were given.", nameof(indices));
        var normal = new int[indices.Length];
        for (var i = 0; i < normal.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Decisions[i].Count)
                throw new ArgumentException($"Decision '{Decisions[i].Name}' has options 0 to {Decisions[i].Count - 1}; {indices[i]} was given.", nameof(indices));
            normal[i] = IsActive(i, normal) ? indices[i] : 0;
        }
        return new Genotype([.. normal]);
    }

    /// <summary>A genotype from option labels by decision name; decisions left out take their first option.</summary>
    /// <exception cref="ArgumentException">A decision or a label is not known.</exception>
    public Genotype Parse(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var indices = new int[Decisions.Length];
        foreach (var (name, label) in labels)
        {
            var decision = IndexOf(name);
            indices[decision] = Decisions[decision].Labels.IndexOf(label);
            if (indices[decision] < 0)
                throw new ArgumentException($"Decision '{name}' has no option '{label}'; it has: {string.Join(", ", Decisions[decision].Labels)}.", nameof(labels));
        }
        return Normalize(indices);
    }

    /// <summary>The position of a decision in <see cref="Decisions"/>.</summary>
    /// <exception cref="ArgumentException">The space has no decision of that name.</exception>
    public int IndexOf(string decision)
    {
        var index = TryIndexOf(decision);
        return index >= 0 ? index : throw new ArgumentException($"Space '{Name}' has no decision '{decision}'; it has: {string.Join(", ", Decisions.Select(static d => d.Name))}.", nameof(decision));
    }

    internal int TryIndexOf(string decision)
    {
        for (var i = 0; i < Decisions.Length; i++)
            if (Decisions[i].Name == decision) return i;
        return -1;
    }

    /// <summary>Whether a decision matters in an architecture.</summary>
    public bool IsActive(Genotype genotype, int decision)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return IsActive(decision, genotype.Indices.AsSpan());
    }

    /// <summary>An architecture in which every active decision was drawn uniformly, among those that the constraints allow.</summary>
    /// <exception cref="SearchSpaceException">None of many architectures drawn is allowed by the constraints.</exception>
    public Genotype Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return SpaceWalk.Sample(this, random);
    }

    /// <summary>
    /// The architecture that weights of all options lead to: of every decision the option with the largest, "none" left out; of a node that
    /// keeps only some of its edges, those whose best operation has the largest weight (Liu 2019).
    /// </summary>
    /// <param name="probabilities">For each decision <see cref="Decision.Count"/> weights of at least 0 (or <see cref="Decision.MixedCount"/>), or null (or numbers that are not finite) where nothing is known: the first option is taken then.</param>
    /// <exception cref="ArgumentException">The number of decisions or weights is wrong, or a weight is negative.</exception>
    public Genotype Derive(IReadOnlyList<float[]?> probabilities) => Relaxation.Derive(this, probabilities);

    /// <summary>An architecture whose decisions are drawn by weights of their options, "none" left out.</summary>
    /// <inheritdoc cref="Derive"/>
    public Genotype Draw(IReadOnlyList<float[]?> probabilities, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Relaxation.Draw(this, probabilities, random);
    }

    /// <summary>
    /// The architecture with one active decision, drawn uniformly, changed to another option, as the constraints allow. The same architecture
    /// where nothing can be changed.
    /// </summary>
    public Genotype Mutate(Genotype genotype, Random random)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        ArgumentNullException.ThrowIfNull(random);
        return SpaceWalk.Mutate(this, genotype, random);
    }

    /// <summary>Every architecture that differs in one active decision and that the constraints allow.</summary>
    public IEnumerable<Genotype> Neighbours(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return SpaceWalk.Neighbours(this, genotype);
    }

    /// <summary>This space without the architectures for which a condition does not hold.</summary>
    /// <param name="condition">Whether an architecture belongs to the space; asked often, so it should be quick.</param>
    /// <param name="description">What the condition is called in errors and in <see cref="Hash"/>; by default its source text.</param>
    /// <exception cref="SearchSpaceException">No architecture was found that fulfils the condition.</exception>
    public SearchSpace Where(Func<Architecture, bool> condition, [CallerArgumentExpression(nameof(condition))] string description = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new(this, Input, Constraints.Add(new(description, condition)));
    }

    /// <summary>
    /// This space without architectures that cost more, on <see cref="Input"/> and without the prediction head. A search measures the
    /// cost on its real input.
    /// </summary>
    /// <param name="parameters">The most trained values. Default: any number.</param>
    /// <param name="macs">The most multiply-adds for one example. Default: any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    /// <exception cref="SearchSpaceException">No architecture was found that is cheap enough.</exception>
    public SearchSpace WithMaxCost(long? parameters = null, long? macs = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameters ?? 0, nameof(parameters));
        ArgumentOutOfRangeException.ThrowIfNegative(macs ?? 0, nameof(macs));
        if (parameters is null && macs is null) return this;
        string?[] limits = [parameters is null ? null : $"parameters <= {parameters}", macs is null ? null : $"multiply-adds <= {macs}"];
        return Where(architecture =>
        {
            var cost = architecture.CostOn(architecture.Space.Input);
            return cost.Parameters <= (parameters ?? long.MaxValue) && cost.Macs <= (macs ?? long.MaxValue);
        }, string.Join(" and ", limits.Where(static limit => limit is not null)));
    }

    /// <summary>This space for another input: shapes are checked, and cost limits measured, on it.</summary>
    /// <exception cref="SearchSpaceException">A choice does not fit, or no architecture was found that the constraints allow.</exception>
    public SearchSpace WithInput(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input == Input) return this;
        CheckShapes(input);
        return new(this, input, Constraints);
    }

    /// <summary>Whether the constraints of this space allow an architecture.</summary>
    public bool Allows(Genotype genotype)
    {
        if (Constraints.IsEmpty) return true;
        var architecture = Resolve(genotype);
        return Constraints.All(constraint => constraint.Holds(architecture));
    }

    /// <summary>This space as a part of another one: its decisions' names get a prefix, and its shared settings stay its own.</summary>
    /// <param name="name">The prefix.</param>
    /// <exception cref="SearchSpaceException">The space has constraints; they belong to the outer space.</exception>
    public Block AsBlock(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Constraints.IsEmpty ? new Scope(name, Root) : throw new SearchSpaceException(
            $"Space '{Name}' has constraints ({string.Join("; ", Constraints.Select(static constraint => constraint.Description))}), which a part of another space cannot have; constrain the outer space instead.");
    }

    /// <summary>The name, hash, size and decisions, which can be written as JSON.</summary>
    public SpaceDescription Describe() => new(Name, Hash, Size, Decisions);

    /// <summary>Reads an architecture of this space from <see cref="Architecture.ToJson"/>'s text.</summary>
    /// <exception cref="FormatException">The text is not such a document, or not of this space; the message names the place in it.</exception>
    public Architecture ParseArchitecture(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Resolve(ArchitectureJson.Read(this, json));
    }

    /// <summary>The architecture that a genotype of this space stands for.</summary>
    public Architecture Resolve(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return new Architecture(this, Normalize(genotype.Indices.AsSpan()));
    }

    private bool IsActive(int decision, ReadOnlySpan<int> indices)
    {
        for (var condition = Decisions[decision].Condition; condition is not null; condition = Decisions[condition.Decision].Condition)
            if (!condition.Options.Contains(indices[condition.Decision])) return false;
        return true;
    }

    private BigInteger SizeOf(int decision)
    {
        var sum = BigInteger.Zero;
        for (var option = 0; option < Decisions[decision].Count; option++)
        {
            var product = BigInteger.One;
            foreach (var child in _children[decision])
                if (Decisions[child].Condition!.Options.Contains(option)) product *= SizeOf(child);
            sum += product;
        }
        return sum;
    }
}
