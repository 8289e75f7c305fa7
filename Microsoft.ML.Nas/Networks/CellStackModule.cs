using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a stack of cells without choices.</summary>
internal sealed class CellStackModule : BlockModule
{
    private readonly BlockModule _stem;
    private readonly (CellModule Module, int Inputs)[] _cells;

    private CellStackModule(BlockModule stem, (CellModule Module, int Inputs)[] cells) : base(nameof(CellStackModule))
    {
        (_stem, _cells) = (stem, cells);
        register_module("stem", stem);
        for (var i = 0; i < cells.Length; i++) register_module($"cell{i}", cells[i].Module);
    }

    /// <summary>Creates the modules of a stack with fresh weights.</summary>
    public static (BlockModule Module, Shape Output) Create(CellStack stack, Shape input)
    {
        var (stem, last) = Create(stack.Stem, input);
        var beforeLast = last;
        var cells = new List<(CellModule, int)>();
        foreach (var cell in stack.Cells)
        {
            var (module, output) = CellModule.Create(cell, cell.Inputs.Length == 1 ? [last] : [beforeLast, last]);
            cells.Add((module, cell.Inputs.Length));
            (beforeLast, last) = (last, output);
        }
        return (new CellStackModule(stem, [.. cells]), last);
    }

    public override Tensor forward(Tensor input) => Run(_stem.call(input), static (cell, inputs) => cell.call(inputs));

    public override GraphValue Emit(GraphBuilder graph, GraphValue input) => Run(_stem.Emit(graph, input), (cell, inputs) => cell.Emit(graph, inputs));

    private T Run<T>(T stem, Func<CellModule, T[], T> apply)
    {
        var (beforeLast, last) = (stem, stem);
        foreach (var (cell, inputs) in _cells) (beforeLast, last) = (last, apply(cell, inputs == 1 ? [last] : [beforeLast, last]));
        return last;
    }
}
