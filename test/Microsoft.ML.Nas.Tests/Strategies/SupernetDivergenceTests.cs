using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Strategies;

[TestClass]
public sealed class SupernetDivergenceTests
{
    [TestMethod]
    [DataRow("darts")]
    [DataRow("gdas")]
    [DataRow("single path")]
    [DataRow("reinforce, shared weights")]
    public void ASupernetWhoseGradientsAreNeverFiniteSaysSo(string strategy)
    {
        using var split = TestData.Xor();
        var space = new SearchSpace("overflowing", new Chain(new Linear(8), new Choice("activation", ("relu", new Relu()), ("silu", new Silu())), new Overflowing()), new Shape(2));
        var messages = new List<string>();
        try
        {
            Searches.Run(strategy, split, space: space, report: progress => messages.Add(progress.Message)).Dispose();
        }
        catch (InvalidOperationException problem)
        {
            Assert.Contains("could be trained", problem.Message);
        }
        Assert.Contains(static message => message.StartsWith("Supernet epoch 1: none of its", StringComparison.Ordinal), messages);
    }

    [TestMethod]
    public void OneThatLearnsDoesNot()
    {
        using var split = TestData.Xor();
        var messages = new List<string>();
        using var result = Searches.Run("darts", split, report: progress => messages.Add(progress.Message));
        Assert.DoesNotContain(static message => message.Contains("none of its", StringComparison.Ordinal), messages);
    }

    /// <summary>Passes values on, and makes their gradients infinite.</summary>
    private sealed record Overflowing : Operation
    {
        public override Shape OutputShape(Shape input) => input;

        public override Cost Cost(Shape input) => default;

        public override Module<Tensor, Tensor> CreateModule(Shape input) => new OverflowingModule();

        public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

        private sealed class OverflowingModule() : Module<Tensor, Tensor>(nameof(OverflowingModule))
        {
            public override Tensor forward(Tensor input) => input + (input - input.detach()) * 1e38f * 1e38f;
        }
    }
}
