using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Training;

[TestClass]
public sealed class FlatSgdTests
{
    [TestMethod]
    [DataRow(0.0, false)]
    [DataRow(0.1, false)]
    [DataRow(0.0, true)]
    [DataRow(0.1, true)]
    public void Steps_are_those_of_torchs_SGD(double weightDecay, bool nesterov)
    {
        using var scope = NewDisposeScope();
        var rows = randn(32, 5);
        using var ours = Network();
        using var theirs = Network();
        using var flat = new FlatParameters(ours);
        using var optimizer = new FlatSgd(flat, 0.9, weightDecay, nesterov);
        using var matrices = optim.SGD(Parameters(theirs, decayed: true), 0.02, momentum: 0.9, weight_decay: weightDecay, nesterov: nesterov);
        using var others = optim.SGD(Parameters(theirs, decayed: false), 0.02, momentum: 0.9, nesterov: nesterov);
        for (var step = 0; step < 25; step++)
        {
            flat.Gradients.zero_();
            ours.call(rows).square().mean().backward();
            optimizer.Step(0.02);
            theirs.zero_grad();
            theirs.call(rows).square().mean().backward();
            matrices.step();
            others.step();
        }
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
