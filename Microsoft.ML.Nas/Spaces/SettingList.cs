using System.Collections;
using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Several settings that are one parameter of an operation, such as one a node.</summary>
/// <typeparam name="T">The values' type.</typeparam>
public sealed class SettingList<T> : IReadOnlyList<Setting<T>>, ISettingList, IEquatable<SettingList<T>> where T : notnull
{
    private readonly ImmutableArray<Setting<T>> _items;

    /// <summary>Creates a list.</summary>
    public SettingList(params ReadOnlySpan<Setting<T>> items) => _items = [.. items];

    /// <summary>The number of settings.</summary>
    public int Count => _items.Length;

    IReadOnlyList<ISetting> ISettingList.Items => _items;

    /// <summary>A setting by its place.</summary>
    public Setting<T> this[int index] => _items[index];

    /// <summary>The fixed values.</summary>
    /// <exception cref="InvalidOperationException">A setting is still a decision.</exception>
    public ImmutableArray<T> Values => [.. _items.Select(static item => item.Value)];

    /// <inheritdoc/>
    public IEnumerator<Setting<T>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    ISettingList ISettingList.With(IEnumerable<ISetting> items) => new SettingList<T>([.. items.Cast<Setting<T>>()]);

    /// <inheritdoc/>
    public bool Equals(SettingList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SettingList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(17, HashCode.Combine);

    /// <summary>The settings, separated by spaces.</summary>
    public override string ToString() => string.Join(' ', _items);
}
