using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>
/// All architectures that a tree with choices describes, seen as a flat list of decisions.
/// The user's tree and the algorithm's list are two views of one thing (Peng 2020, PyGlove).
/// </summary>
public sealed class SearchSpace
{
    private readonly ImmutableArray<ImmutableArray<int>> _children;

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
        Starts = starts.IsEmpty ? [first] : [.. starts.ToArray().Select(start => Parse(start))];
        CheckShapes(exampleInput);
    }

    /// <summary>What the space is called.</summary>
    public string Name { get; }

    /// <summary>The tree with its choices.</summary>
    public Block Root { get; }

    /// <summary>The decisions, parents before what depends on them.</summary>
    public ImmutableArray<Decision> Decisions { get; }

    /// <summary>The number of different architectures.</summary>
    public BigInteger Size { get; }

    /// <summary>
    /// A hash of the tree: the same for spaces of the same name with the same blocks, decisions and options, in every process and version.
    /// 16 hexadecimal digits.
    /// </summary>
    public string Hash => field ??= SpaceFingerprint.Of(this);

    /// <summary>Architectures that are known to be sound; every search starts with them.</summary>
    public ImmutableArray<Genotype> Starts { get; }

    /// <summary>The architecture that trial zero of every search trains.</summary>
    public Genotype Default => Starts[0];

    internal SpaceNode Node { get; }

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
        for (var i = 0; i < Decisions.Length; i++)
            if (Decisions[i].Name == decision) return i;
        throw new ArgumentException($"Space '{Name}' has no decision '{decision}'; it has: {string.Join(", ", Decisions.Select(static d => d.Name))}.", nameof(decision));
    }

    /// <summary>Whether a decision matters in an architecture.</summary>
    public bool IsActive(Genotype genotype, int decision)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return IsActive(decision, genotype.Indices.AsSpan());
    }

    /// <summary>An architecture in which every active decision was drawn uniformly.</summary>
    public Genotype Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Normalize([.. Decisions.Select(decision => random.Next(decision.Count))]);
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

    /// <summary>The architecture with one active decision, drawn uniformly, changed to another option. The same architecture where nothing can be changed.</summary>
    public Genotype Mutate(Genotype genotype, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var active = Enumerable.Range(0, Decisions.Length).Where(index => IsActive(genotype, index)).ToArray();
        if (active.Length == 0) return genotype;
        var indices = genotype.Indices.ToArray();
        var changed = active[random.Next(active.Length)];
        indices[changed] = (indices[changed] + 1 + random.Next(Decisions[changed].Count - 1)) % Decisions[changed].Count;
        return Normalize(indices);
    }

    /// <summary>Every architecture that differs in one active decision.</summary>
    public IEnumerable<Genotype> Neighbours(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        for (var decision = 0; decision < Decisions.Length; decision++)
        {
            if (!IsActive(genotype, decision)) continue;
            for (var option = 0; option < Decisions[decision].Count; option++)
            {
                if (option == genotype[decision]) continue;
                var indices = genotype.Indices.ToArray();
                indices[decision] = option;
                yield return Normalize(indices);
            }
        }
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
