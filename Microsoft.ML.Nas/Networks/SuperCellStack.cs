using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a stack of cells whose edges are open.</summary>
internal sealed class SuperCellStack : SuperModule
{
    private readonly SuperModule _stem;
    private readonly (SuperCell Module, int Inputs)[] _cells;

    private SuperCellStack(SuperModule stem, (SuperCell Module, int Inputs)[] cells) : base(nameof(SuperCellStack))
    {
        (_stem, _cells) = (stem, cells);
        Register([stem, .. cells.Select(static cell => cell.Module)]);
    }

    /// <summary>Creates the modules of a stack for inputs up to a largest shape.</summary>
    public static (SuperModule Module, Shape LargestOutput) Create(CellStackNode stack, Shape input)
    {
        var (stem, last) = SupernetBuilder.Create(stack.Stem, input);
        var beforeLast = last;
        var cells = new List<(SuperCell, int)>();
        foreach (var cell in stack.Cells)
        {
            var (module, output) = SuperCell.Create(cell, cell.Inputs.Length == 1 ? [last] : [beforeLast, last]);
            cells.Add((module, cell.Inputs.Length));
            (beforeLast, last) = (last, output);
        }
        return (new SuperCellStack(stem, [.. cells]), last);
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture)
    {
        var last = _stem.call(input, mixture);
        var beforeLast = last;
        foreach (var (cell, inputs) in _cells) (beforeLast, last) = (last, cell.call(inputs == 1 ? [last] : [beforeLast, last], mixture));
        return last;
    }
}
