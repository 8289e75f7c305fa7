using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Transforms;

namespace Benchmarks;

/// <summary>Fashion-MNIST with the first 5,000 training images and all 10,000 test images, in small NAS-Bench-201 cells.</summary>
internal sealed class FashionMnist(string? folder) : IProblem
{
    private const int Images = 5000;

    private readonly LabeledImages _train = LabeledImages.Read(folder, "train", Images);
    private readonly LabeledImages _test = LabeledImages.Read(folder, "t10k");

    public string Name => "fashion-mnist";

    public string MetricName => "accuracy";

    public bool HigherIsBetter => true;

    public IDataView Train(MLContext ml) => _train.ToDataView(ml);

    public IDataView Test(MLContext ml) => _test.ToDataView(ml);

    /// <summary>One cell of NAS-Bench-201 on images of 14 by 14, and again on 7 by 7.</summary>
    public SearchSpace SmallSpace()
    {
        return new("small-cells", new Chain(new Conv2d(8, 3) { Stride = 2, HasBias = false }, new BatchNorm(), NewCell(8),
            new ReluConvBatchNorm(16, 3) { Stride = 2 }, NewCell(16), new BatchNorm(), new Relu(), new GlobalAveragePool()), new Shape(1, 28, 28));

        static Cell NewCell(int channels) => Cell.Dense("cell", [new Chain()], 3, (_, _) =>
            [("skip_connect", new Identity()), ("none", new Zero()), ("nor_conv_1x1", new ReluConvBatchNorm(channels, 1)), ("nor_conv_3x3", new ReluConvBatchNorm(channels, 3)), ("avg_pool_3x3", new AveragePool())]);
    }

    public EstimatorChain<ArchitectureTransformer> Pipeline(MLContext ml, SearchOptions options)
    {
        options.Space ??= SearchSpaces.NasBench201(channels: 8, cellsPerStage: 1);
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(LabeledImage.Name), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).SearchArchitecture(ml, options);
    }

    public double Measure(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
}
