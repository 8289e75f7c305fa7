using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Operations;

/// <summary>Every operation of the library with settings and inputs that it takes.</summary>
internal static class OperationCases
{
    private static readonly Shape[] Vectors = [new(1), new(7), new(3, 5)];

    private static readonly TableShape[] Tables =
    [
        new([[-1f, 0f, 1f], [0f, 1f]], [3, 40]),
        new([[-2f, -1f, 0f, 1f, 2f]], []),
        new([], [2, 33, 5]),
    ];

    private static readonly Shape[] Images = [new(4, 8, 8), new(3, 7, 10)];

    public static IEnumerable<(Operation Operation, Shape Input)> All()
    {
        Operation[] onVectors = [new Linear(1), new Linear(6), new GatedLinearUnit(4), new Relu(), new Gelu(), new Silu(), new Identity(), new LayerNorm(), new BatchNorm(), new Dropout(0.3f), new Zero(), new Flatten(), new BatchNorm { IsAffine = false }, new PredictionHead(1), new PredictionHead(3)];
        Operation[] onTables = [new StandardizedEncoding(), new QuantileEncoding(2), new QuantileEncoding(16), new QuantileEncoding(2) { KeepsNumbers = true }, new PeriodicEncoding(3, 0.5f)];
        Operation[] onImages =
        [
            new ReluConvBatchNorm(5), new ReluConvBatchNorm(2, 3) { Stride = 2 }, new ReluConvBatchNorm(3, 5) { Dilation = 2 },
            new SeparableConv2d(6), new SeparableConv2d(2, 5) { Stride = 2 }, new DilatedConv2d(6), new DilatedConv2d(5, 5) { Stride = 2 },
            new FactorizedConv2d(5), new FactorizedConv2d(6, 3) { Stride = 2 }, new FactorizedReduction(6), new FactorizedReduction(5),
            new MaxPool(), new MaxPool(5) { Stride = 2 }, new MaxPool(2) { Stride = 2 }, new AveragePool(), new AveragePool { Stride = 2 }, new AveragePool(2) { Stride = 2 },
            new Zero(), new Zero { Stride = 2 }, new BatchNorm(), new BatchNorm { IsAffine = false }, new GlobalAveragePool(), new GlobalMaxPool(), new Flatten(),
            new Identity(), new Relu(),
        ];
        return onVectors.SelectMany(operation => Vectors.Select(input => (operation, input)))
            .Concat(onTables.SelectMany(operation => Tables.Select(input => (operation, (Shape)input))))
            .Concat(onImages.SelectMany(operation => Images.Select(input => (operation, input))))
            .Concat([(new EnsembleMembers(1), new(5)), (new EnsembleMembers(4), new(5))]);
    }
}
