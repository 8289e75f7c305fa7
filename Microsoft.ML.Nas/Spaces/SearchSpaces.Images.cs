using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

public static partial class SearchSpaces
{
    /// <summary>
    /// NAS-Bench-201 (Dong and Yang 2020): three stages of equal cells with residual reductions between them. A cell has four nodes, and each
    /// of its six edges is none, skip_connect, nor_conv_1x1, nor_conv_3x3 or avg_pool_3x3: 15,625 cells. Images <c>[channels, height, width]</c>.
    /// </summary>
    /// <param name="channels">The channels of the first stage; each later stage has twice as many. Default 16, as in the benchmark.</param>
    /// <param name="cellsPerStage">The cells of a stage. Default 5, as in the benchmark; 1 trains five times as fast.</param>
    /// <param name="exampleInput">The image that shapes are checked on. Default: 3 channels of 32 by 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static SearchSpace NasBench201(int channels = 16, int cellsPerStage = 5, Shape? exampleInput = null) =>
        NasBench201Space.Create(channels, cellsPerStage, exampleInput ?? ExampleImage);

    /// <summary>
    /// The convolutional cells of DARTS (Liu, Simonyan and Yang 2019): a stack of cells fed by the two before them, a normal and a reduction
    /// cell of four nodes, each node the sum of two of seven operations on earlier nodes. (1 · 3 · 6 · 10 · 7⁸)² ≈ 10¹⁸ architectures.
    /// </summary>
    /// <param name="channels">The channels of the first cells' nodes; each of the two reductions doubles them. Default 16, with which the paper searches; it trains with 36.</param>
    /// <param name="cells">The number of cells, at least 3; the cells after one and two thirds are reductions. Default 8, with which the paper searches; it trains with 20.</param>
    /// <param name="nodes">The number of intermediate nodes, at least 2. Default 4.</param>
    /// <param name="exampleInput">The image that shapes are checked on. Default: 3 channels of 32 by 32.</param>
    /// <param name="dropPath">The rate with which found networks drop the outputs of operations while they train (<see cref="Cell.DropPath"/>). Default 0; the paper trains with 0.2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    /// <exception cref="SearchSpaceException">The rate is not at least 0 and below 1.</exception>
    public static SearchSpace DartsCells(int channels = 16, int cells = 8, int nodes = 4, Shape? exampleInput = null, float dropPath = 0) =>
        DartsSpace.Create(channels, cells, nodes, exampleInput ?? ExampleImage, dropPath);

    /// <summary>
    /// Mobile networks around MobileNetV2 (Sandler 2018), as searched by ProxylessNAS (Cai 2019) and Once-for-All (Cai 2020): six stages of
    /// inverted residual blocks, each block with a kernel of 3, 5 or 7, an expansion of 3, 4 or 6, and with or without squeeze-excite; one
    /// to four blocks a stage; one width multiplier for all channels.
    /// </summary>
    /// <param name="widths">The width multipliers to choose from. Default 0.75, 1 and 1.25.</param>
    /// <param name="maxDepth">The most blocks a stage has, at least 1. Default 4.</param>
    /// <param name="searchesSqueezeExcite">Whether squeeze-excite is a choice. Default true; else there is none.</param>
    /// <param name="exampleInput">
    /// The image that shapes are checked on. Default: 3 channels of 224 by 224. Where its smaller side is below 96 pixels, the first two
    /// strides of 2 are left out, so that small images keep enough pixels.
    /// </param>
    /// <exception cref="ArgumentException">A multiplier is not positive, two give the same channels, or there are none.</exception>
    public static SearchSpace MobileNet(IReadOnlyList<float>? widths = null, int maxDepth = 4, bool searchesSqueezeExcite = true, Shape? exampleInput = null) =>
        MobileNetSpace.Create([.. widths ?? [0.75f, 1, 1.25f]], maxDepth, searchesSqueezeExcite, exampleInput ?? new Shape(3, 224, 224));

    /// <summary>
    /// The convolutional networks of the first paper on neural architecture search (Zoph and Le 2017, section 4.1): layers that each choose
    /// a filter height and width (1, 3, 5 or 7), a number of filters (24, 36, 48 or 64) and which earlier layers feed them.
    /// </summary>
    /// <remarks>Every layer is convolution, batch normalisation, ReLU. The last layers' channels are averaged over the image before the classifier, which the paper does not describe.</remarks>
    /// <param name="layers">The number of layers, at least 1. Default 6, with which the paper starts; it ends with 15.</param>
    /// <param name="searchesStrides">Whether each layer also chooses a stride of 1, 2 or 3. Default false: strides are 1.</param>
    /// <param name="exampleInput">The image that shapes are checked on. Default: 3 channels of 32 by 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer.</exception>
    public static SearchSpace NasRlCnn(int layers = 6, bool searchesStrides = false, Shape? exampleInput = null) =>
        NasRlCnnSpace.Create(layers, searchesStrides, exampleInput ?? ExampleImage);

    private static readonly Shape ExampleImage = new(3, 32, 32);
}
