using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>One of several blocks: a decision.</summary>
public sealed record Choice : Block
{
    /// <summary>Creates a choice among named options.</summary>
    /// <param name="name">The decision's name, unique among its siblings.</param>
    /// <param name="options">The options; the first is the default.</param>
    /// <exception cref="ArgumentException">The name is empty, there are fewer than two options, or two have the same label.</exception>
    public Choice(string name, params ReadOnlySpan<(string Label, Block Block)> options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (options.Length < 2)
            throw new ArgumentException($"Choice '{name}' has {options.Length} option; give it at least two, or use the block itself.", nameof(options));
        Name = name;
        Labels = [.. options.ToArray().Select(static option => option.Label)];
        Options = [.. options.ToArray().Select(static option => option.Block)];
        if (Labels.Distinct(StringComparer.Ordinal).Count() != Labels.Length)
            throw new ArgumentException($"Choice '{name}' has two options of the same label among: {string.Join(", ", Labels)}.", nameof(options));
    }

    /// <summary>The decision's name.</summary>
    public string Name { get; }

    /// <summary>What each option is called.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>The options.</summary>
    public ImmutableArray<Block> Options { get; }

    /// <summary>What kind of decision this is. Default <see cref="DecisionKind.Structure"/>.</summary>
    public DecisionKind Kind { get; init; }

    /// <summary>
    /// Whether options that are mixed compete with "none of them" too (the operation "none" of DARTS), which is never derived. Default false.
    /// </summary>
    public bool HasNone { get; init; }

    /// <inheritdoc/>
    public bool Equals(Choice? other) =>
        other is not null && Name == other.Name && Kind == other.Kind && HasNone == other.HasNone
        && Labels.SequenceEqual(other.Labels) && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Options.Length);
}
