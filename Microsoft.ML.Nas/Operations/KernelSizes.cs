using Microsoft.ML.Nas.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Kernels of several sizes in the middle of the largest one. A convolution is linear in its kernel, so the weighted sum of kernels of several
/// sizes is the largest one times the weighted sum of masks with ones in the middle; one size alone is cut out, which saves the zeros' work.
/// </summary>
internal sealed class KernelSizes : Module
{
    private const int HeightAxis = 2, WidthAxis = 3;
    private readonly int[] _sizes;
    private readonly int _largest;

    public KernelSizes(int[] sizes) : base(nameof(KernelSizes))
    {
        (_sizes, _largest) = (sizes, sizes.Max());
        var rows = new float[sizes.Length * _largest];
        for (var choice = 0; choice < sizes.Length; choice++) rows.AsSpan(choice * _largest + (_largest - sizes[choice]) / 2, sizes[choice]).Fill(1f);
        register_buffer("rows", tensor(rows, [sizes.Length, _largest]));
        using var scope = NewDisposeScope();
        var each = get_buffer("rows")!;
        register_buffer("squares", (each.unsqueeze(2) * each.unsqueeze(1)).DetachFromDisposeScope());
    }

    /// <summary>A kernel, <c>[..., height, width]</c>, with the heights that an entry says.</summary>
    public Tensor Heights(Tensor kernel, MixtureEntry entry) =>
        entry.Weights is { } weights ? Masked(kernel, Weigh("rows", weights).unsqueeze(1)) : Cut(kernel, HeightAxis, entry.Index);

    /// <summary>A kernel, <c>[..., height, width]</c>, with the widths that an entry says.</summary>
    public Tensor Widths(Tensor kernel, MixtureEntry entry) =>
        entry.Weights is { } weights ? Masked(kernel, Weigh("rows", weights)) : Cut(kernel, WidthAxis, entry.Index);

    /// <summary>A square kernel with the sizes that an entry says.</summary>
    public Tensor Squares(Tensor kernel, MixtureEntry entry) =>
        entry.Weights is { } weights ? Masked(kernel, Weigh("squares", weights)) : Cut(Cut(kernel, HeightAxis, entry.Index), WidthAxis, entry.Index);

    private Tensor Weigh(string masks, Tensor weights) => tensordot(weights, get_buffer(masks)!, [0], [0]);

    private Tensor Masked(Tensor kernel, Tensor mask) => _sizes.Length == 1 ? kernel : kernel * mask;

    private Tensor Cut(Tensor kernel, int axis, int choice) =>
        _sizes[choice] == _largest ? kernel : kernel.narrow(axis, (_largest - _sizes[choice]) / 2, _sizes[choice]);
}
