using Microsoft.ML.Nas.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// For each size of a kernel, ones in the middle of the largest. A convolution is linear in its kernel, so the weighted sum of kernels of
/// several sizes is the largest one times the weighted sum of the masks.
/// </summary>
internal sealed class KernelMasks : Module
{
    private readonly int _count;

    public KernelMasks(ReadOnlySpan<int> sizes) : base(nameof(KernelMasks))
    {
        _count = sizes.Length;
        var largest = 0;
        foreach (var size in sizes) largest = Math.Max(largest, size);
        var rows = new float[_count * largest];
        for (var choice = 0; choice < _count; choice++) rows.AsSpan(choice * largest + (largest - sizes[choice]) / 2, sizes[choice]).Fill(1f);
        register_buffer("rows", tensor(rows, [_count, largest]));
        using var scope = NewDisposeScope();
        var each = get_buffer("rows")!;
        register_buffer("squares", (each.unsqueeze(2) * each.unsqueeze(1)).DetachFromDisposeScope());
    }

    /// <summary>The mask along one axis, <c>[largest]</c>; null where nothing is masked.</summary>
    public Tensor? Row(MixtureEntry entry) => _count == 1 ? null : Pick(get_buffer("rows")!, entry);

    /// <summary>The mask of a square kernel, <c>[largest, largest]</c>; null where nothing is masked.</summary>
    public Tensor? Square(MixtureEntry entry) => _count == 1 ? null : Pick(get_buffer("squares")!, entry);

    /// <summary>The mask of a kernel that is chosen along each axis on its own.</summary>
    public static Tensor? Product(Tensor? heights, Tensor? widths) =>
        heights is null ? widths : widths is null ? heights.unsqueeze(1) : heights.unsqueeze(1) * widths;

    private static Tensor Pick(Tensor masks, MixtureEntry entry) =>
        entry.Weights is { } weights ? tensordot(weights, masks, [0], [0]) : masks.select(0, entry.Index);
}
