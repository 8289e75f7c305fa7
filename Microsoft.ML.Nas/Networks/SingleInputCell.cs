using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>A cell that reads one tensor, in place of a block.</summary>
internal sealed class SingleInputCell : SuperModule
{
    private readonly SuperCell _cell;

    public SingleInputCell(SuperCell cell) : base(nameof(SingleInputCell)) => Register([_cell = cell]);

    private protected override Tensor Compute(Tensor input, Mixture mixture) => _cell.call([input], mixture);
}
