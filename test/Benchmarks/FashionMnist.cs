using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
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

    public EstimatorChain<ArchitectureTransformer> Pipeline(MLContext ml, SearchOptions options)
    {
        options.Space = SearchSpaces.NasBench201(channels: 8, cellsPerStage: 1);
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(LabeledImage.Name), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).SearchArchitecture(ml, options);
    }

    public double Measure(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
}
