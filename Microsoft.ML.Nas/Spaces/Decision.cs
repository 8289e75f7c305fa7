using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>One choice to be made: the algorithms' flat view of a space.</summary>
/// <param name="Name">The path in the space's tree, as in <c>blocks[1].activation</c>; unique.</param>
/// <param name="Count">The number of options.</param>
/// <param name="Labels">What each option is called.</param>
/// <param name="Kind">What the decision changes.</param>
/// <param name="Condition">When the decision matters; null for always.</param>
public sealed record Decision(string Name, int Count, ImmutableArray<string> Labels, DecisionKind Kind, DecisionCondition? Condition)
{
    /// <summary>
    /// Whether a mixture has one more weight, after those of the options, for "none of them". It is never derived or sampled.
    /// </summary>
    public bool HasNone { get; init; }

    /// <summary>The number of weights that a mixture has for this decision: <see cref="Count"/>, and one more with <see cref="HasNone"/>.</summary>
    public int MixedCount => HasNone ? Count + 1 : Count;
}

/// <summary>A decision matters only while another takes certain options.</summary>
/// <param name="Decision">The index of the other decision, which comes earlier in the space's list.</param>
/// <param name="Options">Its options for which this one matters.</param>
public sealed record DecisionCondition(int Decision, ImmutableArray<int> Options);
