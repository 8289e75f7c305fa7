using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>What a space's decisions stand for in its tree.</summary>
/// <param name="Choices">Which of several blocks.</param>
/// <param name="Depths">How often something is repeated.</param>
/// <param name="Settings">A parameter of an operation.</param>
internal sealed record DecisionRoles(IReadOnlySet<int> Choices, IReadOnlySet<int> Depths, IReadOnlySet<int> Settings)
{
    public static DecisionRoles Of(SearchSpace space)
    {
        var (choices, depths, settings) = (new HashSet<int>(), new HashSet<int>(), new HashSet<int>());
        Walk(space.Node);
        return new(choices, depths, settings);

        void Walk(SpaceNode node)
        {
            switch (node)
            {
                case OpNode operation:
                    settings.UnionWith(operation.Decisions.Where(static decision => decision >= 0));
                    break;
                case RepeatNode repeat:
                    if (repeat.Decision >= 0) depths.Add(repeat.Decision);
                    foreach (var copy in repeat.Copies) Walk(copy);
                    break;
                case ChainNode chain:
                    foreach (var part in chain.Nodes) Walk(part);
                    break;
                case ChoiceNode choice:
                    choices.Add(choice.Decision);
                    foreach (var option in choice.Options) Walk(option);
                    break;
                case BranchesNode branches:
                    foreach (var branch in branches.Nodes) Walk(branch);
                    break;
                case SkipNode skip:
                    foreach (var layer in skip.Layers) Walk(layer);
                    break;
                case ResidualNode residual:
                    Walk(residual.Body);
                    break;
                case CellStackNode stack:
                    Walk(stack.Stem);
                    foreach (var cell in stack.Cells) Walk(cell);
                    break;
                case CellNode cell:
                    foreach (var input in cell.Inputs) Walk(input);
                    foreach (var edge in cell.Vertices.SelectMany(static vertex => vertex.Edges)) Walk(edge.Node);
                    break;
                default:
                    throw new NotSupportedException($"Node of type {node.GetType()} is not known.");
            }
        }
    }
}
