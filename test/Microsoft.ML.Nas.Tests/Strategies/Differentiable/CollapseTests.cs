using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable.Collapse;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Parameter = TorchSharp.Modules.Parameter;

namespace Microsoft.ML.Nas.Tests.Strategies.Differentiable;

[TestClass]
public sealed class CollapseTests
{
    [TestMethod]
    public void Power_iteration_finds_the_largest_eigenvalue_with_its_sign()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // A matrix with eigenvalues −3, 2, 1 and 0.5 in a random basis.
        var axis = randn(4, 1);
        var basis = eye(4) - axis.matmul(axis.t()) * (2 / axis.square().sum().item<float>());
        var matrix = basis.matmul(diag(tensor([-3f, 2f, 1f, 0.5f]))).matmul(basis.t());
        using var module = new Values(randn(4));
        using var alphas = new FlatParameters(module, decaysAll: true);
        var before = alphas.Values.clone();
        using var eigenvalue = new HessianEigenvalue(alphas, new Random(1));
        Assert.AreEqual(-3, eigenvalue.Estimate(() => { using var none = no_grad(); alphas.Gradients.copy_(matrix.mv(alphas.Values)); }, 40), 1e-2);
        Assert.AreEqual(0f, (before - alphas.Values).abs().max().item<float>(), "The alphas must end as they were.");
        Assert.AreEqual(1f, Math.Abs(eigenvalue.Direction.dot(basis.select(1, 0)).item<float>()), 1e-3f);
    }

    [TestMethod]
    public void Only_choices_with_and_without_parameters_count()
    {
        var space = new SearchSpace("counted", new Chain(
            new Choice("first", ("none", new Identity()), ("layer", new Linear(4))),
            new Choice("second", ("layer", new Linear(4)), ("norm", new LayerNorm()), ("none", new Identity())),
            new Choice("activation", ("relu", new Relu()), ("silu", new Silu())),
            new Linear(Setting.OneOf("width", 4, 8))), new Shape(4));
        var counter = new ParameterFreeOptions(space, genotype => space.Resolve(genotype).CostOn(new Shape(4)).Parameters);
        Assert.AreEqual(0.5, counter.Share(space.Normalize([0, 0, 0, 0])));
        Assert.AreEqual(0, counter.Share(space.Normalize([1, 1, 0, 0])));
        Assert.AreEqual(1, counter.Share(space.Normalize([0, 2, 1, 1])));
    }

    [TestMethod]
    public void Too_many_options_without_parameters_are_seen_and_end_the_search_where_asked()
    {
        var watching = new CollapseMonitor(new());
        var stopping = new CollapseMonitor(new() { StopRules = CollapseStops.ParameterFreeShare });
        foreach (var (epoch, share) in new[] { 0.1, 0.3, 0.6, 0.2 }.Select(static (share, index) => (index + 1, share)))
        {
            watching.Add(new(epoch, share, double.NaN), [[0.5f, 0.5f]]);
            stopping.Add(new(epoch, share, double.NaN), [[0.5f, 0.5f]]);
        }
        Assert.IsTrue(watching.Report().ParameterFreeSeen && watching.Report().WasSeen);
        Assert.AreEqual(CollapseStops.None, watching.Report().StoppedBy);
        Assert.AreEqual(4, watching.Report().DerivedFrom);
        Assert.AreEqual(CollapseStops.ParameterFreeShare, stopping.Report().StoppedBy);
        Assert.AreEqual(2, stopping.Report().DerivedFrom);
    }

    [TestMethod]
    public void A_rising_eigenvalue_goes_back_by_the_window()
    {
        var monitor = new CollapseMonitor(new() { StopRules = CollapseStops.Eigenvalue, EigenvalueWindow = 2 });
        var (epoch, eigenvalues) = (0, new[] { 1, 1, 1.1, 1.2, 1.8, 2.4 });
        while (monitor.StoppedBy == CollapseStops.None) monitor.Add(new(epoch + 1, 0, eigenvalues[epoch++]), [[1f]]);
        // (1 + 1.1) / 2 before (1.2 + 1.8) / 2: a ratio of 0.7.
        Assert.AreEqual(5, epoch);
        Assert.AreEqual(3, monitor.Report().DerivedFrom);
        Assert.IsTrue(monitor.Report().EigenvalueRose);
    }

    [TestMethod]
    public void An_order_that_stays_ends_the_search_where_asked()
    {
        var monitor = new CollapseMonitor(new() { StopRules = CollapseStops.StableRanking, StableEpochs = 3 });
        float[][] epochs = [[0.6f, 0.4f], [0.4f, 0.6f], [0.3f, 0.7f], [0.2f, 0.8f], [0.1f, 0.9f]];
        for (var epoch = 0; epoch < epochs.Length; epoch++)
        {
            Assert.AreEqual(CollapseStops.None, monitor.StoppedBy, $"{epoch}");
            monitor.Add(new(epoch + 1, 0, 0), [epochs[epoch], null]);
        }
        Assert.AreEqual(CollapseStops.StableRanking, monitor.StoppedBy);
        Assert.IsFalse(monitor.Report().WasSeen);
    }

    private sealed class Values : Module
    {
        private readonly Parameter values;

        public Values(Tensor start) : base(nameof(Values))
        {
            values = Parameter(start);
            RegisterComponents();
        }
    }
}
