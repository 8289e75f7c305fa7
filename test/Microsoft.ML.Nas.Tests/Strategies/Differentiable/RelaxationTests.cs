using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Strategies.Differentiable.DrNas;
using Microsoft.ML.Nas.Strategies.Differentiable.FairDarts;
using Microsoft.ML.Nas.Strategies.Differentiable.Gdas;
using Microsoft.ML.Nas.Strategies.Differentiable.ProxylessNas;
using Microsoft.ML.Nas.Strategies.Differentiable.Snas;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Strategies.Differentiable;

/// <summary>How alphas become mixtures, on one decision of three options, against what the papers' formulas give.</summary>
[TestClass]
public sealed class RelaxationTests
{
    private static readonly double[] Alphas = [0.5, -0.3, 0.2];
    private static readonly double[] Gains = [1, -2, 0.5];
    private static readonly SearchSpace Space = new("three", new Choice("option", ("a", new Relu()), ("b", new Silu()), ("c", new Gelu())), new Shape(2));

    private static readonly Dictionary<string, Func<ArchitectureParameters>> All = new()
    {
        ["softmax"] = () => new SoftmaxRelaxation(Space, Space.Default),
        ["softmax, moved"] = () => new SoftmaxRelaxation(Space, Space.Default, perturbation: 0.3),
        ["softmax, dropped"] = () => new SoftmaxRelaxation(Space, Space.Default, dropPath: 0.4),
        ["hard gumbel"] = () => new HardGumbelRelaxation(Space, Space.Default, 10, 0.1),
        ["concrete"] = () => new ConcreteRelaxation(Space, Space.Default, 1, 0.03),
        ["dirichlet"] = () => new DirichletRelaxation(Space, Space.Default),
        ["binary gates"] = () => new BinaryGateRelaxation(Space, Space.Default),
        ["sigmoid"] = () => new SigmoidRelaxation(Space, Space.Default, 10),
    };

    public static IEnumerable<object[]> Names => All.Keys.Select(static name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Probabilities_add_up_to_one_and_follow_the_alphas(string name)
    {
        using var relaxation = Create(name);
        var probabilities = relaxation.Probabilities()[0]!;
        Assert.AreEqual(1, probabilities.Sum(), 1e-6);
        Assert.IsTrue(probabilities[0] > probabilities[2] && probabilities[2] > probabilities[1], string.Join(' ', probabilities));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_same_seed_draws_the_same_mixtures(string name)
    {
        using var scope = NewDisposeScope();
        using var first = Create(name);
        using var second = Create(name);
        for (var draw = 0; draw < 5; draw++)
        {
            CollectionAssert.AreEqual(Numbers(first.ArchitectureMixture()[0]), Numbers(second.ArchitectureMixture()[0]));
            CollectionAssert.AreEqual(Numbers(first.WeightMixture()[0]), Numbers(second.WeightMixture()[0]));
        }
    }

    [TestMethod]
    public void Softmax_mixes_by_the_softmax()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("softmax");
        AssertClose(Softmax(Alphas), Numbers(relaxation.ArchitectureMixture()[0]), 1e-6);
        AssertClose(Softmax(Alphas), Numbers(relaxation.WeightMixture()[0]), 1e-6);
    }

    [TestMethod]
    public void Perturbation_moves_weights_by_no_more_than_its_reach_and_leaves_the_alphas_step_alone()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("softmax, moved", progress: 1);
        var moved = Enumerable.Range(0, 50).Select(_ => Numbers(relaxation.WeightMixture()[0])).ToArray();
        foreach (var weights in moved)
        {
            Assert.AreEqual(1, weights.Sum(), 1e-5);
            Assert.IsTrue(weights.All(static weight => weight >= 0));
        }
        Assert.IsGreaterThan(0.05, moved.Max(static weights => weights[0]) - moved.Min(static weights => weights[0]));
        AssertClose(Softmax(Alphas), Numbers(relaxation.ArchitectureMixture()[0]), 1e-6);
    }

    [TestMethod]
    public void Dropped_paths_leave_the_mixture_the_same_on_average()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("softmax, dropped", progress: 0.5);
        var mean = Mean(20000, () => Numbers(relaxation.WeightMixture()[0]));
        // All three options dropped, with probability 0.008, keeps one.
        AssertClose(Softmax(Alphas), mean, 0.02);
    }

    [TestMethod]
    [DataRow("hard gumbel")]
    [DataRow("binary gates")]
    public void Weights_learn_on_one_path_drawn_by_its_probability(string name)
    {
        using var relaxation = Create(name);
        var mean = Mean(20000, () =>
        {
            var entry = relaxation.WeightMixture()[0];
            var weights = Numbers(entry);
            Assert.AreEqual(1, weights[entry.Active!.Single()]);
            Assert.AreEqual(1, weights.Sum());
            return weights;
        });
        AssertClose(Softmax(Alphas), mean, 0.015);
    }

    /// <summary>The derivative of the chosen option's share, s·(1 − s)/τ by its own noisy logit and −s·s′/τ by the others'.</summary>
    [TestMethod]
    public void Hard_gumbel_passes_on_the_gradient_of_the_chosen_share()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("hard gumbel", progress: 0.9);
        const double temperature = 10 + (0.1 - 10) * 0.9;
        var random = new Random(7);
        var noisy = Alphas.Select(alpha => (alpha + Gumbel.Draw(random)) / temperature).ToArray();
        var soft = Softmax(noisy);
        var chosen = Array.IndexOf(noisy, noisy.Max());
        relaxation.BeginEpoch(0.9, new Random(7));
        var entry = relaxation.ArchitectureMixture()[0];
        Assert.AreEqual(chosen, entry.Active!.Single());
        var gradient = Gradient(relaxation, entry);
        for (var by = 0; by < 3; by++)
            Assert.AreEqual(Gains[chosen] * soft[chosen] * ((by == chosen ? 1 : 0) - soft[by]) / temperature, gradient[by], 1e-5, $"{by}");
    }

    [TestMethod]
    public void Concrete_draws_are_the_softmax_of_noisy_logits_and_harden_as_the_temperature_falls()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("concrete", progress: 0);
        var random = new Random(1);
        AssertClose(Softmax([.. Alphas.Select(alpha => alpha + Gumbel.Draw(random))]), Numbers(relaxation.ArchitectureMixture()[0]), 1e-5);
        relaxation.BeginEpoch(1, new Random(1));
        var largest = Mean(500, () => [Numbers(relaxation.ArchitectureMixture()[0]).Max()])[0];
        Assert.IsGreaterThan(0.97, largest);
    }

    /// <summary>E[w] = β / Σβ, so the gradient of E[gains · w] by the alphas is known.</summary>
    [TestMethod]
    public void Dirichlet_gradients_are_on_average_those_of_the_mean()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("dirichlet");
        var concentrations = Alphas.Select(static alpha => alpha > 0 ? alpha + 1 : Math.Exp(alpha)).ToArray();
        var slopes = Alphas.Select(static alpha => alpha > 0 ? 1 : Math.Exp(alpha)).ToArray();
        var sum = concentrations.Sum();
        var value = Gains.Zip(concentrations, static (gain, concentration) => gain * concentration).Sum() / sum;
        var weights = Mean(4000, () => Numbers(relaxation.ArchitectureMixture()[0]));
        AssertClose([.. concentrations.Select(concentration => concentration / sum)], weights, 0.02);
        var gradient = Mean(4000, () => Gradient(relaxation, relaxation.ArchitectureMixture()[0]));
        for (var by = 0; by < 3; by++) Assert.AreEqual((Gains[by] - value) / sum * slopes[by], gradient[by], 0.03, $"{by}");
    }

    [TestMethod]
    public void Binary_gates_open_one_of_two_options_and_pass_on_their_two_path_gradient()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("binary gates");
        for (var draw = 0; draw < 20; draw++)
        {
            var entry = relaxation.ArchitectureMixture()[0];
            var (first, second) = (entry.Active![0], entry.Active[1]);
            Assert.AreNotEqual(first, second);
            Assert.AreEqual(1, Numbers(entry).Sum(), 1e-6);
            var share = 1 / (1 + Math.Exp(Alphas[second] - Alphas[first]));
            var gradient = Gradient(relaxation, entry);
            Assert.AreEqual(share * (1 - share) * (Gains[first] - Gains[second]), gradient[first], 1e-5);
            Assert.AreEqual(-gradient[first], gradient[second], 1e-5);
            Assert.AreEqual(0, gradient[3 - first - second], 1e-7);
        }
    }

    [TestMethod]
    public void Binary_gates_leave_the_probabilities_of_options_not_drawn_as_they_were()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("binary gates");
        var before = relaxation.Probabilities()[0]!;
        var pair = relaxation.ArchitectureMixture()[0].Active!;
        using (no_grad()) relaxation.parameters().Single().narrow(0, pair[0], 1).add_(0.7);
        relaxation.ArchitectureStepTaken();
        var after = relaxation.Probabilities()[0]!;
        Assert.AreEqual(before[3 - pair[0] - pair[1]], after[3 - pair[0] - pair[1]], 1e-6);
        Assert.IsGreaterThan(before[pair[0]], after[pair[0]]);
    }

    [TestMethod]
    public void The_zero_one_loss_is_that_of_the_paper()
    {
        using var scope = NewDisposeScope();
        using var relaxation = Create("sigmoid");
        var expected = -10 * Alphas.Select(static alpha => Math.Pow(1 / (1 + Math.Exp(-alpha)) - 0.5, 2)).Average();
        Assert.AreEqual(expected, relaxation.Penalty()!.item<float>(), 1e-6);
        AssertClose([.. Alphas.Select(static alpha => 1 / (1 + Math.Exp(-alpha)))], Numbers(relaxation.ArchitectureMixture()[0]), 1e-6);
    }

    private static ArchitectureParameters Create(string name, double progress = 0)
    {
        var relaxation = All[name]();
        relaxation.BeginEpoch(progress, new Random(1));
        using var none = no_grad();
        relaxation.parameters().Single().copy_(tensor([.. Alphas.Select(static alpha => (float)alpha)]));
        return relaxation;
    }

    private static double[] Gradient(ArchitectureParameters relaxation, MixtureEntry entry)
    {
        var alpha = relaxation.parameters().Single();
        using var scope = NewDisposeScope();
        var gain = (entry.Weights! * tensor([.. Gains.Select(static value => (float)value)])).sum();
        return [.. autograd.grad([gain], [alpha])[0].data<float>().ToArray().Select(static value => (double)value)];
    }

    private static double[] Numbers(MixtureEntry entry) =>
        entry.Weights is { } weights ? [.. weights.detach().data<float>().ToArray().Select(static value => (double)value)] : [entry.Index];

    private static double[] Mean(int draws, Func<double[]> draw)
    {
        double[]? sum = null;
        for (var i = 0; i < draws; i++)
        {
            using var scope = NewDisposeScope();
            var values = draw();
            sum = sum is null ? values : [.. sum.Zip(values, static (left, right) => left + right)];
        }
        return [.. sum!.Select(value => value / draws)];
    }

    private static double[] Softmax(double[] logits)
    {
        var exponentials = logits.Select(Math.Exp).ToArray();
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], tolerance, $"option {i}");
    }
}
