using System.Collections.Immutable;
using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>The space's tree with every choice bound to its index in the list of decisions: what everything else walks.</summary>
internal abstract record SpaceNode;

/// <param name="Operation">The operation, settings unresolved.</param>
/// <param name="Decisions">For each setting the decision that fixes it, or -1 where it is fixed.</param>
internal sealed record OpNode(Operation Operation, ImmutableArray<int> Decisions) : SpaceNode
{
    /// <summary>The operation with every setting fixed by <paramref name="pick"/>, which is given the decision and its number of options.</summary>
    public Operation Resolve(Func<int, int, int> pick)
    {
        var position = 0;
        return Operation.WithSettings(setting =>
        {
            var decision = Decisions[position++];
            return setting.Fix(decision < 0 ? 0 : pick(decision, setting.Count));
        });
    }
}

internal sealed record ChainNode(ImmutableArray<SpaceNode> Nodes) : SpaceNode;

internal sealed record ResidualNode(SpaceNode Body) : SpaceNode;

internal sealed record ChoiceNode(int Decision, ImmutableArray<SpaceNode> Options) : SpaceNode;

/// <param name="Decision">The depth decision, or -1 where the depth is fixed.</param>
/// <param name="Min">The number of copies that option 0 means.</param>
/// <param name="Copies">The copies, first to last.</param>
internal sealed record RepeatNode(int Decision, int Min, ImmutableArray<SpaceNode> Copies) : SpaceNode;
