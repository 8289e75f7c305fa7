using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of layers whose skip connections are open.</summary>
/// <remarks>
/// Every layer has a place for the channels of the input and of each earlier layer, and reads zeros where one does not feed it; so the weights of
/// one source do not depend on the others. A weight of a connection scales what it feeds; the input counts as far as nothing else does.
/// Where layers have strides, mixed connections join on the largest image of all, also where a path would not.
/// </remarks>
internal sealed class SuperSkip : SuperModule
{
    private readonly SkipNode _node;
    private readonly SuperModule[] _layers;
    private readonly int[] _channels;

    private SuperSkip(SkipNode node, SuperModule[] layers, int[] channels) : base(nameof(SuperSkip))
    {
        (_node, _channels) = (node, channels);
        Register(_layers = layers);
    }

    /// <summary>Creates the modules of a block for inputs up to a largest shape.</summary>
    public static (SuperModule Module, Shape LargestOutput) Create(SkipNode node, Shape input)
    {
        var (layers, shapes) = (new List<SuperModule>(), new List<Shape>());
        foreach (var layer in node.Layers)
        {
            var (module, output) = SupernetBuilder.Create(layer, SkipShapes.Joined([input, .. shapes]));
            layers.Add(module);
            shapes.Add(output);
        }
        return (new SuperSkip(node, [.. layers], [input.Channels, .. shapes.Select(static shape => shape.Channels)]), SkipShapes.Joined(shapes));
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture)
    {
        var values = new List<Tensor> { Widened(input, _channels[0]) };
        // How far each layer feeds no other.
        var unread = new Gate[_layers.Length];
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            var gates = new Gate[layer + 1];
            for (var source = 0; source < layer; source++)
            {
                var feeds = Feeds(layer, source, mixture);
                gates[source + 1] = feeds;
                gates[0] = gates[0].And(feeds.Not());
                unread[source] = unread[source].And(feeds.Not());
            }
            values.Add(Widened(_layers[layer].call(Joined(values, gates), mixture), _channels[layer + 1]));
        }
        return Joined([.. values.Skip(1)], unread);
    }

    private Gate Feeds(int layer, int source, Mixture mixture)
    {
        if (_node.Decisions is not { } decisions) return new(!_node.Sources!.Value[layer].Contains(source));
        var entry = mixture[decisions[layer][source]];
        return entry.Weights is { } weights ? new(false, weights.select(0, 1)) : new(entry.Index == 0);
    }

    private static Tensor Joined(List<Tensor> values, Gate[] gates)
    {
        if (values[0].dim() != Shape.ImageRank + 1) return cat([.. values.Zip(gates, static (value, gate) => gate.Apply(value))], -1);
        var open = values.Where((_, index) => !gates[index].IsClosed).ToArray();
        var (height, width) = (open.Max(static value => value.shape[2]), open.Max(static value => value.shape[3]));
        return cat([.. values.Zip(gates, (value, gate) => gate.IsClosed
            ? value.new_zeros([value.shape[0], value.shape[1], height, width])
            : Padded(gate.Apply(value), height, width))], 1);
    }

    private static Tensor Padded(Tensor value, long height, long width) =>
        value.shape[2] == height && value.shape[3] == width ? value : functional.pad(value, [0, width - value.shape[3], 0, height - value.shape[2]]);

    /// <summary>What a connection is multiplied by: zero (closed), a weight, or one.</summary>
    private readonly record struct Gate(bool IsClosed, Tensor? Weight = null)
    {
        public Gate Not() => IsClosed ? default : Weight is null ? new(true) : new(false, Scalars.Sum(-Weight, Scalars.One));

        public Gate And(Gate other) => IsClosed || other.IsClosed ? new(true)
            : Weight is null ? other
            : other.Weight is null ? this
            : new(false, Weight * other.Weight);

        public Tensor Apply(Tensor value) => IsClosed ? value * Scalars.Zero : Weight is null ? value : value * Weight;
    }
}
