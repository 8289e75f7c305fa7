using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a part of a space: it holds the weights of all options and computes what a mixture says.</summary>
internal abstract class SuperModule(string name) : Module<Tensor, Mixture, Tensor>(name)
{
    /// <summary>The options of a choice; of anything else, itself.</summary>
    public virtual IReadOnlyList<SuperModule> Options => [this];

    /// <summary>Computes what the mixture says. Of what it computes on the way only what gradients need outlives it.</summary>
    public sealed override Tensor forward(Tensor input, Mixture mixture)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Compute(input, mixture));
    }

    private protected abstract Tensor Compute(Tensor input, Mixture mixture);

    /// <summary>The weighted sum of outputs; narrower ones count as zero where they have no channels.</summary>
    private protected static Tensor Sum(IReadOnlyList<(int Option, Tensor Output)> outputs, Tensor weights)
    {
        var channels = outputs.Max(static pair => pair.Output.shape[ChannelAxis(pair.Output)]);
        Tensor? sum = null;
        foreach (var (option, output) in outputs)
        {
            var term = Widened(output, channels) * weights.select(0, option);
            if (sum is not null && !sum.shape.AsSpan().SequenceEqual(term.shape))
                throw new SearchSpaceException($"Options give [{string.Join(", ", sum.shape)}] and [{string.Join(", ", term.shape)}], batch first; a supernet can only mix outputs that are equal but for their channels.");
            sum = sum is null ? term : Scalars.Sum(sum, term);
        }
        return sum!;
    }

    private protected static Tensor Widened(Tensor output, long channels)
    {
        var (axis, shape) = (ChannelAxis(output), output.shape);
        if (shape[axis] == channels) return output;
        shape[axis] = channels - shape[axis];
        return cat([output, output.new_zeros(shape)], axis);
    }

    /// <summary>The axis of a batch that channels lie on (<see cref="Shape.ChannelAxis"/>).</summary>
    private protected static int ChannelAxis(Tensor batch) => batch.dim() == Shape.ImageRank + 1 ? 1 : (int)batch.dim() - 1;

    private protected void Register(IReadOnlyList<Module> modules)
    {
        for (var i = 0; i < modules.Count; i++) register_module($"part{i}", modules[i]);
    }
}
