using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Training;

[TestClass]
public sealed class LossScaleTests
{
    private static readonly TrainingRecipe Recipe = new() { BatchSize = 32, Epochs = 4, LearningRate = 1e-2 };

    [TestMethod]
    public void Only_float16_needs_it()
    {
        Assert.IsTrue(LossScale.IsNeededFor(TrainingPrecision.Float16));
        foreach (var precision in new TrainingPrecision?[] { null, TrainingPrecision.Float32, TrainingPrecision.BFloat16 }) Assert.IsFalse(LossScale.IsNeededFor(precision));
    }

    [TestMethod]
    public void The_scale_is_halved_where_gradients_overflow_and_doubled_after_2000_that_do_not()
    {
        var scale = new LossScale();
        Assert.AreEqual(65536, scale.Value);
        for (var step = 0; step < 1999; step++) scale.Update(true);
        scale.Update(false);
        Assert.AreEqual(32768, scale.Value);
        for (var step = 0; step < 1999; step++) scale.Update(true);
        Assert.AreEqual(32768, scale.Value);
        scale.Update(true);
        Assert.AreEqual(65536, scale.Value);
        for (var step = 0; step < 100; step++) scale.Update(false);
        Assert.IsTrue(scale.IsExhausted);
        Assert.IsGreaterThan(0, scale.Value);
    }

    /// <summary>A power of two changes exponents only.</summary>
    [TestMethod]
    [DataRow(null)]
    [DataRow(TrainingPrecision.BFloat16)]
    public void A_scale_that_nothing_overflows_with_changes_no_bit(TrainingPrecision? precision)
    {
        using var split = TestData.Xor();
        CollectionAssert.AreEqual(Trained(split, precision, scales: false), Trained(split, precision, scales: true));
    }

    [TestMethod]
    public void A_step_that_overflows_is_left_out_and_the_training_goes_on()
    {
        using var split = TestData.Xor();
        var recipe = Recipe with { Epochs = 40 };
        using var scaled = new Exploding(Create(split), static pass => pass is 3 or 4);
        using var unscaled = new Exploding(Create(split), static pass => pass is 3 or 4);
        var result = new Trainer(recipe) { ScalesLosses = true }.Train(scaled, split, seed: 1, CancellationToken.None);
        Assert.IsLessThan(0.3, result.ValidationLoss);
        Assert.ThrowsExactly<DivergedException>(() => new Trainer(recipe).Train(unscaled, split, seed: 1, CancellationToken.None));
    }

    [TestMethod]
    public void Gradients_that_overflow_at_any_scale_are_divergence()
    {
        using var split = TestData.Xor();
        using var network = new Exploding(Create(split), static _ => true);
        var error = Assert.ThrowsExactly<DivergedException>(() => new Trainer(Recipe with { Epochs = 20 }) { ScalesLosses = true }.Train(network, split, 1, CancellationToken.None));
        StringAssert.Contains(error.Message, "at any scale");
    }

    private static float[] Trained(DataSplit split, TrainingPrecision? precision, bool scales)
    {
        using var network = Create(split);
        new Trainer(Recipe with { Precision = precision }) { ScalesLosses = scales }.Train(network, split, seed: 1, CancellationToken.None);
        return [.. network.parameters().SelectMany(static parameter => parameter.ToFloats())];
    }

    private static Network Create(DataSplit split)
    {
        manual_seed(1);
        return new(new Chain(new Linear(32), new Relu(), new Linear(32), new Relu()), split.Input, split.Target.Outputs);
    }

    /// <summary>A network whose gradients overflow in some of its passes for training, while its outputs stay what they are.</summary>
    private sealed class Exploding : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> network;
        private readonly Func<int, bool> _explodes;
        private int _passes;

        public Exploding(nn.Module<Tensor, Tensor> network, Func<int, bool> explodes) : base(nameof(Exploding))
        {
            (this.network, _explodes) = (network, explodes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var output = network.call(input);
            return training && _explodes(++_passes) ? output + (output - output.detach()) * 1e38f * 1e38f : output;
        }
    }
}
