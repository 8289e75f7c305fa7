using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests;

/// <summary>Small problems with known answers.</summary>
internal static class TestData
{
    /// <summary>Two inputs whose product's sign is the class: no linear model does better than chance.</summary>
    public static DataSplit Xor(int train = 256, int validation = 128, int seed = 1)
    {
        manual_seed(seed);
        return new(new Shape(2), new Target(LearningTask.BinaryClassification, 2), Rows(train), Rows(validation));

        static LabeledRows Rows(int count)
        {
            using var scope = NewDisposeScope();
            var features = rand(count, 2).mul_(2).sub_(1);
            var labels = (features.select(1, 0) * features.select(1, 1)).gt(0).to_type(ScalarType.Float32);
            return new(features.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        }
    }

    /// <summary>y = 100 + 10 (a² − b), standardised by the training rows.</summary>
    public static DataSplit Regression(int train = 256, int validation = 128, int seed = 1)
    {
        manual_seed(seed);
        return new(new Shape(2), new Target(LearningTask.Regression, 1, Mean: 103f, Scale: 6f), Rows(train), Rows(validation));

        static LabeledRows Rows(int count)
        {
            using var scope = NewDisposeScope();
            var features = rand(count, 2).mul_(2).sub_(1);
            var labels = (features.select(1, 0).square() - features.select(1, 1)).mul_(10).add_(100 - 103).div_(6);
            return new(features.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        }
    }

    /// <summary>A space of 2 × (2 + 2²) × 2 architectures over two inputs: conditional, shared and regularization decisions.</summary>
    public static SearchSpace SmallSpace(Operation? extra = null)
    {
        var width = Setting.Shared("width", 8, 16);
        (string, Block)[] activations = [("relu", new Relu()), ("silu", new Silu()), .. extra is null ? Array.Empty<(string, Block)>() : [("extra", extra)]];
        return new("small", new Chain(
            new Linear(width),
            new EnsembleMembers(Setting.Shared("members", 1, 2).AsRegularization()),
            new Repeat("blocks", new Chain(new Choice("activation", activations), new Linear(width)), 1, 2)), new Shape(2));
    }
}
