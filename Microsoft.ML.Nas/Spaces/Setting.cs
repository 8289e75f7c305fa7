using System.Collections.Immutable;
using System.Globalization;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>A value in an operation's parameters that may be a decision.</summary>
public interface ISetting
{
    /// <summary>The decision's name; null for a fixed value.</summary>
    string? Name { get; }

    /// <summary>The number of values to choose from; 1 for a fixed value.</summary>
    int Count { get; }

    /// <summary>Whether all uses of this name are one decision.</summary>
    bool IsShared { get; }

    /// <summary>What kind of decision this is.</summary>
    DecisionKind Kind { get; }

    /// <summary>The values as text.</summary>
    ImmutableArray<string> Labels { get; }

    /// <summary>The setting fixed to one of its values.</summary>
    ISetting Fix(int index);
}

/// <summary>A value in an operation's parameters: fixed, or one of several (a decision).</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed record Setting<T> : ISetting where T : notnull
{
    internal Setting(string? name, ImmutableArray<T> values, bool shared, DecisionKind kind, ImmutableArray<string> labels = default)
    {
        (Name, Values, IsShared, Kind) = (name, values, shared, kind);
        Labels = labels.IsDefault ? [.. values.Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)!)] : labels;
    }

    /// <inheritdoc/>
    public string? Name { get; }

    /// <summary>The values to choose from; the first is the default.</summary>
    public ImmutableArray<T> Values { get; }

    /// <inheritdoc/>
    public bool IsShared { get; }

    /// <inheritdoc/>
    public DecisionKind Kind { get; }

    /// <inheritdoc/>
    public int Count => Values.Length;

    /// <inheritdoc/>
    public ImmutableArray<string> Labels { get; }

    /// <summary>The fixed value.</summary>
    /// <exception cref="InvalidOperationException">The setting is still a decision.</exception>
    public T Value => Values.Length == 1
        ? Values[0]
        : throw new InvalidOperationException($"Setting '{Name}' is still a choice of {string.Join(", ", Values)}; resolve the space with a genotype first.");

    /// <summary>A fixed value stands where a setting is expected.</summary>
    public static implicit operator Setting<T>(T value) => new(null, [value], shared: false, DecisionKind.Structure);

    /// <inheritdoc/>
    public ISetting Fix(int index) => new Setting<T>(null, [Values[index]], shared: false, DecisionKind.Structure);

    /// <inheritdoc/>
    public bool Equals(Setting<T>? other) =>
        other is not null && Name == other.Name && IsShared == other.IsShared && Kind == other.Kind && Values.SequenceEqual(other.Values) && Labels.SequenceEqual(other.Labels);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(Name?.GetHashCode(StringComparison.Ordinal) ?? 0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? Labels[0] : $"{Name}: {string.Join('|', Labels)}";
}

/// <summary>Creates settings that are decisions.</summary>
public static class Setting
{
    /// <summary>A value chosen anew wherever the operation stands.</summary>
    /// <param name="name">The decision's name.</param>
    /// <param name="values">At least two values; the first is the default.</param>
    /// <exception cref="ArgumentException">The name is empty, or there are fewer than two values or equal ones.</exception>
    public static Setting<T> OneOf<T>(string name, params ReadOnlySpan<T> values) where T : notnull => Create(name, values, shared: false);

    /// <summary>A value chosen once for the whole space: every setting of this name is the same decision.</summary>
    /// <inheritdoc cref="OneOf"/>
    public static Setting<T> Shared<T>(string name, params ReadOnlySpan<T> values) where T : notnull => Create(name, values, shared: true);

    /// <summary>
    /// A value that follows one decision of the whole space, and is different from place to place: a width multiplier, for one, which
    /// gives every layer another number of units.
    /// </summary>
    /// <param name="name">The decision's name.</param>
    /// <param name="options">At least two options: a label, the same wherever this name is used, and the value here. The first is the default.</param>
    /// <exception cref="ArgumentException">The name is empty, or there are fewer than two options or equal labels.</exception>
    public static Setting<T> Shared<T>(string name, params ReadOnlySpan<(string Label, T Value)> options) where T : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var all = options.ToArray();
        if (all.Length < 2 || all.DistinctBy(static option => option.Label).Count() != all.Length)
            throw new ArgumentException($"Setting '{name}' needs at least two options with different labels; it has: {string.Join(", ", all.Select(static option => option.Label))}.", nameof(options));
        return new(name, [.. all.Select(static option => option.Value)], shared: true, DecisionKind.Structure, [.. all.Select(static option => option.Label)]);
    }

    /// <summary>The same setting as a decision about regularization, which shared weights cannot rank.</summary>
    public static Setting<T> AsRegularization<T>(this Setting<T> setting) where T : notnull =>
        new(setting.Name, setting.Values, setting.IsShared, DecisionKind.Regularization, setting.Labels);

    private static Setting<T> Create<T>(string name, ReadOnlySpan<T> values, bool shared) where T : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ImmutableArray<T> all = [.. values];
        if (all.Length < 2 || all.Distinct().Count() != all.Length)
            throw new ArgumentException($"Setting '{name}' needs at least two different values; it has: {string.Join(", ", all)}.", nameof(values));
        return new(name, all, shared, DecisionKind.Structure);
    }
}
