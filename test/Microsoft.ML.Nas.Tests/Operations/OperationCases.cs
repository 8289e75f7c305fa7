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

    private static readonly Shape[] Sequences = [new SequenceShape(6, 8), new(5, 8), new(1, 4)];

    private static readonly SettingList<NasRlNode> TreeOfFour = new(
        new NasRlNode(NasRlCombination.Add, RecurrentActivation.Tanh), new NasRlNode(NasRlCombination.Multiply, RecurrentActivation.Relu),
        new NasRlNode(NasRlCombination.Add, RecurrentActivation.Identity), new NasRlNode(NasRlCombination.Add, RecurrentActivation.Sigmoid),
        new NasRlNode(NasRlCombination.Multiply, RecurrentActivation.Tanh), new NasRlNode(NasRlCombination.Add, RecurrentActivation.Tanh),
        new NasRlNode(NasRlCombination.Add, RecurrentActivation.Tanh));

    private static readonly TokenShape Tokens = new(7, 11);

    public static IEnumerable<(Operation Operation, Shape Input)> All()
    {
        Operation[] onVectors = [new Linear(1), new Linear(6), new GatedLinearUnit(4), new Relu(), new Relu6(), new Gelu(), new Silu(), new HardSwish(), new Tanh(), new Sigmoid(), new Identity(), new DropPath(0.2f), new LayerNorm(), new BatchNorm(), new Dropout(0.3f), new Zero(), new Flatten(), new BatchNorm { IsAffine = false }, new PredictionHead(1), new PredictionHead(3)];
        Operation[] onTables = [new StandardizedEncoding(), new QuantileEncoding(2), new QuantileEncoding(16), new QuantileEncoding(2) { KeepsNumbers = true }, new PeriodicEncoding(3, 0.5f)];
        Operation[] onImages =
        [
            new ReluConvBatchNorm(5), new ReluConvBatchNorm(2, 3) { Stride = 2 }, new ReluConvBatchNorm(3, 5) { Dilation = 2 },
            new SeparableConv2d(6), new SeparableConv2d(2, 5) { Stride = 2 }, new DilatedConv2d(6), new DilatedConv2d(5, 5) { Stride = 2 },
            new FactorizedConv2d(5), new FactorizedConv2d(6, 3) { Stride = 2 }, new FactorizedReduction(6), new FactorizedReduction(5),
            new MaxPool(), new MaxPool(5) { Stride = 2 }, new MaxPool(2) { Stride = 2 }, new AveragePool(), new AveragePool { Stride = 2 }, new AveragePool(2) { Stride = 2 },
            new Zero(), new Zero { Stride = 2 }, new BatchNorm(), new BatchNorm { IsAffine = false }, new GlobalAveragePool(), new GlobalMaxPool(), new Flatten(),
            new Identity(), new Relu(), new DropPath(0.2f),
            new Conv2d(5, 3), new Conv2d(6, 5) { Stride = 2, HasBias = false }, new Conv2d(4, 1) { KernelWidth = 7, Dilation = 2 },
            new SqueezeExcite(), new SqueezeExcite(1), new InvertedResidual(5, 3, 1), new InvertedResidual(4, 5, 3) { SqueezeExcite = true },
            new InvertedResidual(3, 3, 2) { UsesHardSwish = true }, new InvertedResidual(4, 3, 2) { Stride = 2, SqueezeExcite = true },
        ];
        Operation[] onSteps =
        [
            new MultiHeadSelfAttention(1), new MultiHeadSelfAttention(4), new FeedForward(1, FeedForwardActivation.Relu), new FeedForward(3), new FeedForward(2, FeedForwardActivation.Reglu),
            new Conv1d(3, 3), new Conv1d(4, 5) { Dilation = 2, Groups = 4, HasBias = false },
            new Lstm(3), new Lstm(4, IsBidirectional: true), new Gru(3), new Gru(4, IsBidirectional: true),
            new PositionalEncoding(PositionalEncodingKind.Sinusoidal), new PositionalEncoding(PositionalEncodingKind.Learned),
            new DartsRnnCell(4, new(new DartsRnnNode(0, RecurrentActivation.Tanh), new DartsRnnNode(0, RecurrentActivation.Sigmoid), new DartsRnnNode(2, RecurrentActivation.Relu), new DartsRnnNode(1, RecurrentActivation.Identity))),
            new NasRlRnnCell(3, TreeOfFour, new NasRlNode(NasRlCombination.Add, RecurrentActivation.Relu), InjectInto: 4, MemoryFrom: 1),
            new NasRlRnnCell(3, TreeOfFour, new NasRlNode(NasRlCombination.Multiply, RecurrentActivation.Sigmoid), InjectInto: 0, MemoryFrom: 6),
            .. Enum.GetValues<SequencePooling>().Select(static pooling => new SequencePool(pooling)),
        ];
        Operation[] onPadded = [new Linear(6), new GatedLinearUnit(4), new Relu(), new Gelu(), new Silu(), new Identity(), new LayerNorm(), new Dropout(0.3f), new Zero(), new PredictionHead(3)];
        return onVectors.SelectMany(operation => Vectors.Select(input => (operation, input)))
            .Concat(onTables.SelectMany(operation => Tables.Select(input => (operation, (Shape)input))))
            .Concat(onImages.SelectMany(operation => Images.Select(input => (operation, input))))
            .Concat(onSteps.SelectMany(static operation => Sequences.Select(input => (operation, input))))
            .Concat([(new Conv1d(4, 3) { Stride = 2 }, Sequences[1])])
            .Concat(onPadded.Select(static operation => (operation, Sequences[0])))
            .Concat(Tables.Select(static input => ((Operation)new FeatureTokenizer(4), (Shape)input)))
            .Concat([(new Embedding(5), Tokens), (new WordDropout(0.2f), Tokens)])
            .Concat([(new Conv2d(8, 3) { Groups = 4 }, Images[0]), (new GroupNorm(2), Images[0]), (new GroupNorm(3), Images[1]), (new ImageNormalization(), new ImageShape(5, 4, [3f, -1f], [2f, 0.5f]))])
            .Concat(((Conv1d[])[new Conv1d(4, 3), new Conv1d(6, 5) { Stride = 2, Groups = 2, HasBias = false }, new Conv1d(2, 3) { Dilation = 2 }])
                .Select(static operation => ((Operation)operation, new Shape(7, 4))))
            .Concat([(new EnsembleMembers(1), new(5)), (new EnsembleMembers(4), new(5))]);
    }
}
