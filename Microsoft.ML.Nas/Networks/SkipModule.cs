using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of layers with skip connections that are decided.</summary>
internal sealed class SkipModule : BlockModule
{
    private readonly BlockModule[] _layers;
    private readonly Shape[] _shapes;
    private readonly int[][] _sources;
    private readonly int[] _unread;

    private SkipModule(BlockModule[] layers, Shape[] shapes, int[][] sources, int[] unread) : base(nameof(SkipModule))
    {
        (_layers, _shapes, _sources, _unread) = (layers, shapes, sources, unread);
        for (var i = 0; i < layers.Length; i++) register_module($"layer{i}", layers[i]);
    }

    /// <summary>Creates the modules of a block with fresh weights.</summary>
    public static (BlockModule Module, Shape Output) Create(SkipConnections skip, Shape input)
    {
        int[][] sources = [.. skip.Sources!.Value.Select(static layer => layer.ToArray())];
        var (layers, shapes) = (new List<BlockModule>(), new List<Shape>());
        for (var layer = 0; layer < sources.Length; layer++)
        {
            var (module, output) = Create(skip.Layers[layer], sources[layer].Length == 0 ? input : SkipShapes.Joined([.. sources[layer].Select(source => shapes[source])]));
            layers.Add(module);
            shapes.Add(output);
        }
        var unread = SkipShapes.Unread(layers.Count, (layer, later) => sources[later].Contains(layer));
        return (new SkipModule([.. layers], [.. shapes], sources, unread), SkipShapes.Joined([.. unread.Select(layer => shapes[layer])]));
    }

    public override Tensor forward(Tensor input) => Run(input, static (module, value) => module.call(value), static (value, down, right) => functional.pad(value, [0, right, 0, down]),
        static values => cat([.. values], values[0].dim() == Shape.ImageRank + 1 ? 1 : -1));

    public override GraphValue Emit(GraphBuilder graph, GraphValue input) => Run(input, (module, value) => module.Emit(graph, value),
        (value, down, right) => graph.Pad(value, [0, 0, 0, 0, 0, 0, down, right]), values => graph.Concat(_shapes[0].ChannelAxis + 1, [.. values]));

    private T Run<T>(T input, Func<BlockModule, T, T> apply, Func<T, long, long, T> pad, Func<IReadOnlyList<T>, T> join)
    {
        var outputs = new List<T>();
        for (var layer = 0; layer < _layers.Length; layer++)
            outputs.Add(apply(_layers[layer], _sources[layer].Length == 0 ? input : Joined(_sources[layer])));
        return Joined(_unread);

        T Joined(int[] layers)
        {
            if (layers.Length == 1) return outputs[layers[0]];
            var size = SkipShapes.Joined([.. layers.Select(layer => _shapes[layer])]);
            return join([.. layers.Select(layer => Padded(outputs[layer], _shapes[layer], size))]);
        }

        T Padded(T value, Shape shape, Shape size) => shape.Dimensions.Length != Shape.ImageRank || (shape.Dimensions[1] == size.Dimensions[1] && shape.Dimensions[2] == size.Dimensions[2])
            ? value
            : pad(value, size.Dimensions[1] - shape.Dimensions[1], size.Dimensions[2] - shape.Dimensions[2]);
    }
}
