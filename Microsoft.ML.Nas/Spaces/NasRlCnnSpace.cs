using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Builds <see cref="SearchSpaces.NasRlCnn"/>.</summary>
internal static class NasRlCnnSpace
{
    private static readonly int[] Strides = [1, 2, 3];

    public static SearchSpace Create(int layers, bool searchesStrides, Shape exampleInput)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        var layer = new Chain(searchesStrides ? Strided() : Convolution(1), new BatchNorm(), new Relu());
        var root = new Chain(new SkipConnections("layer", [.. Enumerable.Repeat<Block>(layer, layers)]), new GlobalAveragePool());
        return new SearchSpace(searchesStrides ? "nas-rl-cnn-strided" : "nas-rl-cnn", root, exampleInput, Plain(layers, searchesStrides));
    }

    private static Choice Strided() => new("stride", [.. Strides.Select(static stride => ($"{stride}", (Block)Convolution(stride)))]);

    private static Conv2d Convolution(int stride) => new(Setting.OneOf("filters", 24, 36, 48, 64), Setting.OneOf("height", 1, 3, 5, 7))
    {
        KernelWidth = Setting.OneOf("width", 1, 3, 5, 7),
        Stride = stride,
        HasBias = false,
    };

    /// <summary>Square filters of 3, each layer fed by the one before.</summary>
    private static Dictionary<string, string> Plain(int layers, bool searchesStrides)
    {
        var decisions = new Dictionary<string, string>();
        for (var layer = 0; layer < layers; layer++)
        {
            var path = searchesStrides ? $"layer[{layer}].stride.1." : $"layer[{layer}].";
            decisions[path + "height"] = decisions[path + "width"] = "3";
            if (layer > 0) decisions[$"layer[{layer}]<-{layer - 1}"] = "yes";
        }
        return decisions;
    }
}
