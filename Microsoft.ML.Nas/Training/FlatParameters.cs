using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>
/// A module's parameters moved into one buffer, and their gradients into another, so that an optimiser's step is a few calls
/// however many parameters there are. The module's own parameters become views of the buffer.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly Parameter[] _parameters;

    /// <param name="module">The module.</param>
    /// <param name="decaysAll">Whether weight decay is meant for every value, not only for weight matrices.</param>
    public FlatParameters(Module module, bool decaysAll = false)
    {
        var ordered = module.named_parameters().Select(pair => (Parameter: pair.Item2, Decays: decaysAll || Decays(pair.Item1, pair.Item2)))
            .OrderBy(static pair => pair.Decays ? 0 : 1).ToArray();
        var parameters = ordered.Select(static pair => pair.Parameter).ToArray();
        _parameters = parameters;
        DecayedCount = ordered.Where(static pair => pair.Decays).Sum(static pair => pair.Parameter.numel());
        if (parameters.Length == 0) throw new ArgumentException("The module has no parameters to train.", nameof(module));
        var total = parameters.Sum(static parameter => parameter.numel());
        using var _ = no_grad();
        Values = zeros(total, device: parameters[0].device).DetachFromDisposeScope();
        Gradients = zeros(total, device: parameters[0].device).DetachFromDisposeScope();
        var offset = 0L;
        foreach (var parameter in parameters)
        {
            using var scope = NewDisposeScope();
            var (count, shape) = (parameter.numel(), parameter.shape);
            var view = Values.narrow(0, offset, count).view(shape);
            view.copy_(parameter);
            parameter.set_(view);
            parameter.grad = Gradients.narrow(0, offset, count).view(shape);
            offset += count;
        }
    }

    /// <summary>All values, <c>[count]</c>.</summary>
    public Tensor Values { get; }

    /// <summary>All gradients, <c>[count]</c>; backward adds to them.</summary>
    public Tensor Gradients { get; }

    /// <summary>Whether all gradients are finite; asks the device.</summary>
    public bool AreGradientsFinite
    {
        get
        {
            using var none = no_grad();
            using var sum = Gradients.sum();
            return float.IsFinite(sum.item<float>());
        }
    }

    /// <summary>The number of values, first in the buffers, that weight decay is meant for: weight matrices, not biases, norms, tables or adapters.</summary>
    public long DecayedCount { get; }

    /// <summary>Leaves the parameters out of gradients until the result is disposed, and so the work on theirs.</summary>
    public IDisposable Freeze() => new Frozen(_parameters);

    private static bool Decays(string name, Tensor parameter) => parameter.dim() > 1 && name.EndsWith("weight", StringComparison.Ordinal);

    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
    }

    private sealed class Frozen : IDisposable
    {
        private readonly Parameter[] _learning;

        public Frozen(Parameter[] parameters)
        {
            _learning = [.. parameters.Where(static parameter => parameter.requires_grad)];
            foreach (var parameter in _learning) parameter.requires_grad_(false);
        }

        public void Dispose()
        {
            foreach (var parameter in _learning) parameter.requires_grad_(true);
        }
    }
}
