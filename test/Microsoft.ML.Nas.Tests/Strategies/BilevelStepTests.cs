using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Strategies;

[TestClass]
public sealed class BilevelStepTests
{
    [TestMethod]
    public void The_first_order_gradient_is_the_alphas_part_of_the_whole_gradient()
    {
        using var scope = NewDisposeScope();
        using var split = TestData.Regression();
        manual_seed(1);
        var space = TestData.SmallSpace();
        using var parts = Parts.Of(space, split);
        var (_, _, weights, architecture, step) = parts;
        var batch = (split.Validation.Features, split.Validation.Labels, (Tensor?)null);
        step.JointGradients(batch);
        var whole = architecture.Gradients.clone();
        weights.Gradients.zero_();
        step.ArchitectureGradient(batch);
        Assert.AreEqual(0f, (whole - architecture.Gradients).abs().max().item<float>(), 1e-6f);
        Assert.AreEqual(0f, weights.Gradients.abs().max().item<float>(), "The weights' gradient must not be touched.");
    }

    /// <summary>A supernet keeps every option's output: what one of two gradients has computed must be gone before the other is taken.</summary>
    [TestMethod]
    public void A_gradient_leaves_no_tensor_behind()
    {
        using var split = TestData.Regression();
        using var scope = NewDisposeScope();
        var space = TestData.SmallSpace();
        using var parts = Parts.Of(space, split);
        var (_, _, _, _, step) = parts;
        var batch = (split.Train.Features, split.Train.Labels, (Tensor?)null);
        foreach (var fill in new[] { step.WeightGradient, step.ArchitectureGradient, step.JointGradients, step.ExpectedGradient })
        {
            var before = scope.DisposablesCount;
            fill(batch);
            Assert.AreEqual(before, scope.DisposablesCount, fill.Method.Name);
        }
    }

    /// <summary>The second-order gradient against a difference quotient of its definition, L_val(w − ξ ∇w L_train(w, α), α).</summary>
    [TestMethod]
    public void The_second_order_gradient_is_that_of_the_loss_one_step_ahead()
    {
        const double stepSize = 0.5;
        using var scope = NewDisposeScope();
        using var split = TestData.Regression();
        manual_seed(1);
        var space = new SearchSpace("two", new Chain(new Linear(8), new Choice("activation", ("silu", new Silu()), ("gelu", new Gelu()), ("linear", new Identity())), new Linear(8)), new Shape(2));
        using var parts = Parts.Of(space, split);
        var (supernet, alphas, weights, architecture, step) = parts;
        var training = (split.Train.Features, split.Train.Labels, (Tensor?)null);
        var heldOut = (split.Validation.Features, split.Validation.Labels, (Tensor?)null);
        var before = weights.Values.clone();

        step.SecondOrderArchitectureGradient(training, heldOut, stepSize);

        var gradient = architecture.Gradients.clone();
        Assert.AreEqual(0f, (before - weights.Values).abs().max().item<float>(), "The weights must end as they were.");
        for (var option = 0; option < 3; option++)
        {
            const double h = 0.02;
            var numerical = (LossAhead(option, h) - LossAhead(option, -h)) / (2 * h);
            Assert.AreEqual(numerical, gradient[option].item<float>(), 0.02 * Math.Max(0.05, Math.Abs(numerical)), $"option {option}");
        }

        double LossAhead(int option, double by)
        {
            Move(option, by);
            step.JointGradients(training);
            using (no_grad()) weights.Values.add_(weights.Gradients, alpha: -stepSize);
            using var none = no_grad();
            var loss = TaskOutputs.Of(split.Target).Loss(supernet.call(split.Validation.Features, alphas.ExpectedMixture()), split.Validation.Labels, null).item<float>();
            weights.Values.copy_(before);
            Move(option, -by);
            return loss;
        }

        void Move(int option, double by)
        {
            using var none = no_grad();
            architecture.Values.narrow(0, option, 1).add_(by);
        }
    }

    private sealed record Parts(Supernet Supernet, SoftmaxRelaxation Alphas, FlatParameters Weights, FlatParameters Architecture, BilevelStep Step) : IDisposable
    {
        public static Parts Of(SearchSpace space, DataSplit split)
        {
            var supernet = new Supernet(space, split.Input, 1);
            var alphas = new SoftmaxRelaxation(space, space.Default);
            var (weights, architecture) = (new FlatParameters(supernet), new FlatParameters(alphas));
            return new(supernet, alphas, weights, architecture, new(supernet, alphas, weights, architecture, split.Target));
        }

        public void Dispose()
        {
            Architecture.Dispose();
            Weights.Dispose();
            Alphas.Dispose();
            Supernet.Dispose();
        }
    }
}
