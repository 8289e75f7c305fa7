using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Operations;

/// <summary>Convolutions whose settings are open: every path is a sub-network of one set of weights, and a mixture is what its weights say.</summary>
[TestClass]
public sealed class ElasticConvolutionTests
{
    private static readonly Shape Input = new(4, 7, 6);

    private static readonly Operation[] Operations =
    [
        new Conv2d(Setting.OneOf("channels", 4, 6, 8), Setting.OneOf("kernel", 3, 1, 5)),
        new Conv2d(6, Setting.OneOf("height", 3, 1)) { KernelWidth = Setting.OneOf("width", 1, 5), Groups = 2, HasBias = false },
        new InvertedResidual(Setting.OneOf("channels", 4, 6), Setting.OneOf("kernel", 3, 5), Setting.OneOf("expansion", 3, 2)) { SqueezeExcite = Setting.OneOf("squeeze", false, true) },
        new InvertedResidual(Setting.OneOf("channels", 4, 6), Setting.OneOf("kernel", 3, 5), 2) { SqueezeExcite = Setting.OneOf("squeeze", true, false), Stride = 2, UsesHardSwish = true },
    ];

    [TestMethod]
    public void Every_choice_gives_the_shape_that_the_resolved_operation_declares()
    {
        foreach (var operation in Operations)
        {
            using var module = Create(operation);
            foreach (var picks in Choices(operation))
            {
                using var scope = NewDisposeScope();
                var expected = Resolve(operation, picks).OutputShape(Input);
                CollectionAssert.AreEqual(expected.Dimensions.Select(static size => (long)size).Prepend(3).ToArray(), module.call(Example(4), Entries(picks)).shape);
                Assert.AreEqual(3, module.call(Example(2), Entries(picks)).shape[0], "Narrower inputs run too.");
            }
        }
    }

    [TestMethod]
    public void All_weight_on_one_choice_gives_that_choice_filled_up_with_zeros()
    {
        foreach (var operation in Operations)
        {
            using var module = Create(operation);
            foreach (var picks in Choices(operation))
            {
                using var scope = NewDisposeScope();
                var input = Example(4);
                var alone = module.call(input, Entries(picks));
                var mixed = module.call(input, [.. operation.Settings.Zip(picks, static (setting, pick) => setting.Setting.Count == 1 ? default : new MixtureEntry(0, OneHot(setting.Setting.Count, pick)))]);
                Assert.IsLessThan(1e-5f, (mixed.narrow(1, 0, alone.shape[1]) - alone).abs().max().item<float>(), $"{operation}: {string.Join(", ", picks)}");
                if (mixed.shape[1] > alone.shape[1])
                    Assert.AreEqual(0f, mixed.narrow(1, alone.shape[1], mixed.shape[1] - alone.shape[1]).abs().max().item<float>());
            }
        }
    }

    [TestMethod]
    public void A_smaller_kernel_is_the_middle_of_the_largest()
    {
        using var scope = NewDisposeScope();
        var operation = (Conv2d)Operations[0];
        using var elastic = Create(operation);
        var (weight, bias) = (elastic.named_parameters().First(static pair => pair.name.EndsWith("weight", StringComparison.Ordinal)).parameter, elastic.named_parameters().First(static pair => pair.name.EndsWith("bias", StringComparison.Ordinal)).parameter);
        var input = Example(4);

        var expected = nn.functional.conv2d(input, weight.narrow(0, 0, 6).narrow(2, 1, 3).narrow(3, 1, 3), bias.narrow(0, 0, 6), padding: [1, 1]);

        Assert.IsLessThan(1e-5f, (elastic.call(input, Entries([1, 0, 0])) - expected).abs().max().item<float>());
    }

    private static ElasticModule Create(Operation operation)
    {
        manual_seed(2);
        var module = operation.CreateElasticModule(Input)!;
        module.eval();
        return module;
    }

    private static IEnumerable<int[]> Choices(Operation operation) => operation.Settings
        .Aggregate((IEnumerable<int[]>)[[]], static (all, setting) => all.SelectMany(picks => Enumerable.Range(0, setting.Setting.Count).Select(pick => (int[])[.. picks, pick])));

    private static Operation Resolve(Operation operation, int[] picks)
    {
        var next = 0;
        return operation.WithSettings(setting => setting.Fix(picks[next++]));
    }

    private static MixtureEntry[] Entries(int[] picks) => [.. picks.Select(static pick => new MixtureEntry(pick))];

    private static Tensor Example(int channels)
    {
        manual_seed(3);
        return randn(3, channels, 7, 6);
    }

    private static Tensor OneHot(int count, int pick) => tensor([.. Enumerable.Range(0, count).Select(option => option == pick ? 1f : 0f)]);
}
