using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Networks;

[TestClass]
public sealed class PartialChannelsTests
{
    [TestMethod]
    public void One_part_is_mixed_and_the_others_pass_shuffled()
    {
        using var scope = NewDisposeScope();
        var (module, output) = Create(new Choice("c", ("none", new Zero()), ("same", new Identity()), ("pool", new AveragePool())), new Shape(8, 4, 4));
        Assert.AreEqual(new Shape(8, 4, 4), output);
        var input = randn(2, 8, 4, 4);
        var mixed = module.call(input, Mixture.Of([new(0, tensor(new[] { 0.5f, 0.5f, 0f }))]));
        var expected = cat([input.narrow(1, 0, 2) * 0.5, input.narrow(1, 2, 6)], 1);
        // Channel g·2 + c moves to c·4 + g.
        for (var group = 0; group < 4; group++)
            for (var channel = 0; channel < 2; channel++)
                Assert.AreEqual(0f, (expected.select(1, group * 2 + channel) - mixed.select(1, channel * 4 + group)).abs().max().item<float>(), $"{group} {channel}");
    }

    [TestMethod]
    public void Where_options_halve_the_image_the_others_are_pooled()
    {
        using var scope = NewDisposeScope();
        var (module, output) = Create(new Choice("c", ("conv", new ReluConvBatchNorm(8, 3) { Stride = 2 }), ("pool", new AveragePool { Stride = 2 }), ("skip", new FactorizedReduction(8))), new Shape(8, 5, 5));
        Assert.AreEqual(new Shape(8, 3, 3), output);
        CollectionAssert.AreEqual(new long[] { 2, 8, 3, 3 }, module.call(randn(2, 8, 5, 5), Mixture.Of([new(0)])).shape);
        // Two of eight channels: 2·2·9 weights of the convolution, 2·1·2 of the reduction.
        Assert.AreEqual(36 + 4, module.parameters().Where(static parameter => parameter.dim() == 4).Sum(static parameter => parameter.numel()));
    }

    [TestMethod]
    public void Options_for_other_channels_are_mixed_in_full()
    {
        using var scope = NewDisposeScope();
        var (module, output) = Create(new Choice("c", ("wide", new Linear(16)), ("too", new Linear(16))), new Shape(8));
        Assert.AreEqual(new Shape(16), output);
        CollectionAssert.AreEqual(new long[] { 3, 16 }, module.call(randn(3, 8), Mixture.Of([new(1)])).shape);
    }

    private static (SuperModule Module, Shape Output) Create(Block block, Shape input) =>
        SupernetBuilder.Create(PartialChannels.Divide(new SearchSpace("partial", block, input).Node, 4), input);
}
