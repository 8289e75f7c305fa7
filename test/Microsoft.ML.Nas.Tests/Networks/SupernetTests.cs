using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Networks;

[TestClass]
public sealed class SupernetTests
{
    [TestMethod]
    public void One_hot_weights_compute_what_the_path_computes()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var space = SearchSpaces.Tabular(widths: [32], members: [1, 4]);
        var input = new TableShape([[-1f, 0f, 1f], [-1f, 1f]], [3]);
        using var supernet = new Supernet(space, input, 3);
        supernet.eval();
        var rows = cat([randn(9, 2), randint(0, 3, [9, 1], dtype: ScalarType.Float32)], 1);
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            var genotype = space.Sample(random);
            var weights = space.Decisions.Select((decision, index) => decision.Kind == DecisionKind.Structure ? OneHot(decision.Count, genotype[index]) : null);
            using var none = no_grad();
            var path = supernet.call(rows, Mixture.Path(genotype));
            var mixed = supernet.call(rows, Mixture.Weighted([.. weights], genotype));
            Assert.IsLessThan(1e-5, (path - mixed).abs().max().item<float>(), space.Resolve(genotype).ToString());
        }
    }

    [TestMethod]
    public void Every_architecture_of_the_tabular_space_runs_as_a_path_with_its_own_width()
    {
        using var scope = NewDisposeScope();
        var space = SearchSpaces.Tabular(widths: [8, 16], members: [1, 3]);
        var input = new TableShape([[-1f, 0f, 1f]], [3]);
        using var supernet = new Supernet(space, input, 2);
        var rows = cat([randn(5, 1), randint(0, 3, [5, 1], dtype: ScalarType.Float32)], 1);
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
        {
            var genotype = space.Sample(random);
            var members = genotype[space.IndexOf("members")] == 0 ? 1L : 3L;
            CollectionAssert.AreEqual(new[] { 5L, members, 2L }, supernet.call(rows, Mixture.Path(genotype)).shape);
        }
    }

    [TestMethod]
    public void A_supernet_leaves_nothing_but_its_answers()
    {
        using var scope = NewDisposeScope();
        foreach (var (space, input, rows) in new (SearchSpace, Shape, Tensor)[]
        {
            (SearchSpaces.Tabular(widths: [8], members: [1, 3]), new TableShape([[-1f, 0f, 1f]], [3]), cat([randn(5, 1), randint(0, 3, [5, 1], dtype: ScalarType.Float32)], 1)),
            (SearchSpaces.Text(widths: [8, 16], maxBlocks: 2), new TokenShape(6, 20), randint(0, 20, [5, 6], dtype: ScalarType.Int32)),
            (SearchSpaces.NasBench201(channels: 4, cellsPerStage: 1, new Shape(3, 8, 8)), new Shape(3, 8, 8), randn(5, 3, 8, 8)),
        })
        {
            using var supernet = new Supernet(space, input, 2);
            var weights = space.Decisions.Select(static decision => decision.Kind == DecisionKind.Structure ? ones(decision.Count) / decision.Count : null).ToArray();
            var before = scope.DisposablesCount;
            supernet.call(rows, Mixture.Weighted(weights, space.Normalize(new int[space.Decisions.Length])));
            Assert.AreEqual(before + 1, scope.DisposablesCount, space.Name);
        }
    }

    [TestMethod]
    public void A_width_mixture_of_a_linear_layer_is_the_weighted_sum_of_its_widths()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var space = new SearchSpace("width", new Linear(Setting.OneOf("units", 2, 6)), new Shape(3));
        using var supernet = new Supernet(space, new Shape(3), 4);
        var rows = randn(5, 3);
        var weights = tensor(new[] { 0.3f, 0.7f });
        var mixed = supernet.call(rows, Mixture.Weighted([weights], space.Default));
        var narrow = supernet.call(rows, Mixture.Path(space.Normalize([0])));
        var wide = supernet.call(rows, Mixture.Path(space.Normalize([1])));
        Assert.IsLessThan(1e-5, (mixed - (narrow * 0.3 + wide * 0.7)).abs().max().item<float>());
    }

    [TestMethod]
    public void A_mixture_of_heads_is_the_weighted_sum_of_attention_with_each_number()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var input = new Shape(5, 8);
        var space = new SearchSpace("heads", new Chain(new MultiHeadSelfAttention(Setting.OneOf("heads", 4, 1)), new SequencePool(SequencePooling.Mean)), input);
        using var supernet = new Supernet(space, input, 4);
        var rows = randn(6, 5, 8);
        var (four, one) = (supernet.call(rows, Mixture.Path(space.Normalize([0]))), supernet.call(rows, Mixture.Path(space.Normalize([1]))));
        var mixed = supernet.call(rows, Mixture.Weighted([tensor(new[] { 0.3f, 0.7f })], space.Default));
        Assert.IsGreaterThan(1e-3, (four - one).abs().max().item<float>());
        Assert.IsLessThan(1e-6, (mixed - (four * 0.3 + one * 0.7)).abs().max().item<float>());
    }

    [TestMethod]
    public void Gradients_of_the_mixture_are_its_numerical_gradients()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var space = SearchSpaces.Tabular(widths: [8, 16], members: [1, 2]);
        var input = new TableShape([[-1f, 0f, 1f], [-1f, 1f]], [3]);
        using var supernet = new Supernet(space, input, 2);
        supernet.eval();
        var rows = cat([randn(16, 2), randint(0, 3, [16, 1], dtype: ScalarType.Float32)], 1);
        var direction = randn(16, 1, 2);
        var weights = space.Decisions.Select(decision => decision.Kind == DecisionKind.Structure ? ones(decision.Count).div(decision.Count).requires_grad_() : null).ToArray();
        Value().backward();
        for (var decision = 0; decision < weights.Length; decision++)
        {
            if (weights[decision] is not { } weight) continue;
            for (var option = 0; option < weight.numel(); option++)
            {
                const double step = 2e-3;
                var numerical = (Moved(weight, option, step) - Moved(weight, option, -step)) / (2 * step);
                var exact = weight.grad is { } gradient ? gradient[option].item<float>() : 0;
                Assert.AreEqual(numerical, exact, 0.03 * Math.Max(1, Math.Abs(numerical)), $"{space.Decisions[decision].Name} option {option}");
            }
        }

        Tensor Value() => (supernet.call(rows, Mixture.Weighted(weights, space.Default)) * direction).sum();

        double Moved(Tensor weight, int option, double by)
        {
            using var none = no_grad();
            weight[option] += by;
            var value = Value().item<float>();
            weight[option] -= by;
            return value;
        }
    }

    private static Tensor OneHot(int count, int index)
    {
        var values = new float[count];
        values[index] = 1;
        return tensor(values);
    }
}
