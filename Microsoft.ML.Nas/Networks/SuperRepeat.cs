using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>A choice of depth: copies one after the other, of which the mixture says how many count.</summary>
internal sealed class SuperRepeat : SuperModule
{
    private readonly int _decision;
    private readonly int _min;
    private readonly SuperModule[] _copies;

    public SuperRepeat(int decision, int min, SuperModule[] copies) : base(nameof(SuperRepeat))
    {
        (_decision, _min) = (decision, min);
        Register(_copies = copies);
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture)
    {
        var entry = _decision < 0 ? new MixtureEntry(_copies.Length - _min) : mixture[_decision];
        var deepest = _copies.Length - _min;
        while (entry.Weights is not null && !entry.Runs(deepest)) deepest--;
        var depth = _min + (entry.Weights is null ? entry.Index : deepest);
        var reached = new List<(int, Tensor)>();
        var value = input;
        for (var copy = 0; copy <= depth; copy++)
        {
            if (copy >= _min && entry.Runs(copy - _min)) reached.Add((copy - _min, value));
            if (copy < depth) value = _copies[copy].call(value, mixture);
        }
        return entry.Weights is { } weights ? Sum(reached, weights) : value;
    }
}
