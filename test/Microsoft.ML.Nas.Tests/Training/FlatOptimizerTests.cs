using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Training;

[TestClass]
public sealed class FlatOptimizerTests
{
    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.1)]
    public void Steps_are_those_of_torchs_AdamW(double weightDecay) => AssertSameSteps(0.01,
        flat => new FlatAdamW(flat, weightDecay),
        (parameters, decays) => optim.AdamW(parameters, lr: 0.01, weight_decay: decays ? weightDecay : 0));

    [TestMethod]
    [DataRow(0.0, false)]
    [DataRow(0.1, false)]
    [DataRow(0.0, true)]
    [DataRow(0.1, true)]
    public void Steps_are_those_of_torchs_SGD(double weightDecay, bool nesterov) => AssertSameSteps(0.02,
        flat => new FlatSgd(flat, 0.9, weightDecay, nesterov),
        (parameters, decays) => optim.SGD(parameters, 0.02, momentum: 0.9, weight_decay: decays ? weightDecay : 0, nesterov: nesterov));

    [TestMethod]
    public void A_flat_module_computes_what_it_computed_before()
    {
        using var scope = NewDisposeScope();
        var rows = randn(4, 5);
        using var network = Network();
        var before = network.call(rows);
        using var flat = new FlatParameters(network);
        Assert.AreEqual(0f, (before - network.call(rows)).abs().max().item<float>());
        Assert.AreEqual(network.parameters().Sum(static parameter => parameter.numel()), flat.Values.numel());
    }

    private static void AssertSameSteps(double learningRate, Func<FlatParameters, IFlatOptimizer> create, Func<IEnumerable<TorchSharp.Modules.Parameter>, bool, optim.Optimizer> reference)
    {
        using var scope = NewDisposeScope();
        var rows = randn(32, 5);
        using var ours = Network();
        using var theirs = Network();
        using var flat = new FlatParameters(ours);
        using var optimizer = create(flat);
        using var matrices = reference(Parameters(theirs, decayed: true), true);
        using var others = reference(Parameters(theirs, decayed: false), false);
        for (var step = 0; step < 25; step++)
        {
            flat.Gradients.zero_();
            ours.call(rows).square().mean().backward();
            optimizer.Step(learningRate);
            theirs.zero_grad();
            theirs.call(rows).square().mean().backward();
            matrices.step();
            others.step();
        }
        Assert.AreEqual(5L * 7 + 7 * 2, flat.DecayedCount);
        foreach (var (left, right) in ours.parameters().Zip(theirs.parameters()))
            Assert.IsLessThan(1e-5, (left - right).abs().max().item<float>());
    }

    private static IEnumerable<TorchSharp.Modules.Parameter> Parameters(Module module, bool decayed) => module.named_parameters()
        .Where(pair => (pair.Item2.dim() > 1 && pair.Item1.EndsWith("weight", StringComparison.Ordinal)) == decayed).Select(static pair => pair.Item2);

    private static Module<Tensor, Tensor> Network()
    {
        manual_seed(1);
        return new Nas.Networks.Network(new Chain(new Linear(7), new Silu(), new LayerNorm()), new Shape(5), 2);
    }
}
