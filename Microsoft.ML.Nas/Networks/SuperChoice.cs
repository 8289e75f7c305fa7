using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks;

/// <summary>A choice: the option that the mixture names, or the weighted sum of those that it runs.</summary>
internal sealed class SuperChoice : SuperModule
{
    private readonly int _decision;
    private readonly SuperModule[] _options;

    public SuperChoice(int decision, SuperModule[] options) : base(nameof(SuperChoice))
    {
        _decision = decision;
        Register(_options = options);
    }

    public override IReadOnlyList<SuperModule> Options => _options;

    private protected override Tensor Compute(Tensor input, Mixture mixture)
    {
        var entry = mixture[_decision];
        return entry.Weights is { } weights
            ? Sum([.. Enumerable.Range(0, _options.Length).Where(entry.Runs).Select(option => (option, _options[option].call(input, mixture)))], weights)
            : _options[entry.Index].call(input, mixture);
    }
}
