using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Parts side by side.</summary>
internal sealed class SuperBranches : SuperModule
{
    private readonly SuperModule[] _branches;
    private readonly Merge _merge;

    public SuperBranches(SuperModule[] branches, Merge merge) : base(nameof(SuperBranches))
    {
        _merge = merge;
        Register(_branches = branches);
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture)
    {
        var outputs = _branches.Select(branch => branch.call(input, mixture)).ToArray();
        return _merge == Merge.Sum ? outputs.Aggregate(Scalars.Sum) : cat(outputs, ChannelAxis(outputs[0]));
    }
}
