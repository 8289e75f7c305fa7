using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Networks.Cells;

/// <summary>Edges that are computed together against their options' own modules, one after the other.</summary>
[TestClass]
public sealed class MixedNodeTests
{
    [TestMethod]
    [DataRow(8, 28, 28)]
    [DataRow(16, 16, 16)]
    [DataRow(3, 7, 9)]
    [DataRow(6, 5, 4)]
    [DataRow(4, 13, 12)]
    public void Outputs_and_all_gradients_are_those_of_the_options_modules(int channels, int height, int width) =>
        AssertSame(ImageCells.Space(new Shape(3, height, width), channels), new Shape(3, height, width), batch: 5);

    [TestMethod]
    public void Options_that_cells_do_not_know_run_beside_those_they_do()
    {
        var input = new Shape(3, 8, 8);
        AssertSame(ImageCells.Space(input, 4, options: static (channels, stride) =>
        [
            ("pool", new AveragePool { Stride = stride }),
            ("skip", stride == 1 ? new Identity() : new FactorizedReduction(channels)),
            ("full", new ReluConvBatchNorm(channels, 3) { Stride = stride }),
            ("chain", new Chain(new Silu(), new DilatedConv2d(channels) { Stride = stride })),
            ("separable", new SeparableConv2d(channels, 7) { Stride = stride }),
        ]), input, batch: 3);
    }

    [TestMethod]
    public void A_path_runs_alone()
    {
        var input = new Shape(3, 9, 9);
        var space = ImageCells.Space(input, 4, nodes: 3);
        var random = new Random(1);
        for (var i = 0; i < 5; i++)
        {
            var genotype = space.Sample(random);
            AssertSame(space, input, batch: 4, _ => Mixture.Path(genotype));
        }
    }

    [TestMethod]
    public void Gradients_that_are_not_asked_for_change_no_others()
    {
        using var scope = NewDisposeScope();
        var input = new Shape(3, 8, 8);
        var space = ImageCells.Space(input, 4);
        var (supernet, alphas, images) = Setup(space, input, 4);
        var all = Gradients(supernet, space, alphas, images, Weighted);
        foreach (var parameter in supernet.parameters()) parameter.requires_grad_(false);
        foreach (var reads in new[] { true, false })
        {
            images.requires_grad_(reads);
            var alone = Gradients(supernet, space, alphas, images, Weighted);
            foreach (var (name, gradient) in alone) Assert.IsTrue(gradient.Equals(all[name]), name);
            Assert.IsTrue(all.Keys.Where(static name => name.StartsWith("alpha", StringComparison.Ordinal)).All(alone.ContainsKey));
        }
    }

    [TestMethod]
    public void Threads_change_nothing()
    {
        var threads = get_num_threads();
        try
        {
            using var scope = NewDisposeScope();
            var input = new Shape(3, 8, 8);
            var space = ImageCells.Space(input, 4);
            var node = new List<Dictionary<string, Tensor>>();
            var (supernet, alphas, images) = Setup(space, input, 9);
            foreach (var count in new[] { 1, 2, 2 })
            {
                set_num_threads(count);
                node.Add(Gradients(supernet, space, alphas, images, Weighted));
            }
            foreach (var (name, gradient) in node[1]) Assert.IsTrue(gradient.Equals(node[2][name]), name);
            foreach (var (name, gradient) in node[0]) Assert.IsLessThanOrEqualTo(1e-4 * gradient.abs().max().item<float>() + 1e-5, (gradient - node[1][name]).abs().max().item<float>(), name);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static void AssertSame(SearchSpace space, Shape input, int batch, Func<Tensor[], Mixture>? mixture = null)
    {
        using var scope = NewDisposeScope();
        Func<SearchSpace, Tensor[], Mixture> mix = mixture is null ? Weighted : (_, a) => mixture(a);
        var (supernet, alphas, images) = Setup(space, input, batch);
        var together = Gradients(supernet, space, alphas, images, mix);
        foreach (var cell in supernet.modules().OfType<SuperCell>()) cell.ComputesTogether = false;
        supernet.to(ScalarType.Float64);
        var exact = Gradients(supernet, space, [.. alphas.Select(Precise)], Precise(images), mix);
        AssertClose(exact, together);

        static Tensor Precise(Tensor tensor) => tensor.detach().to(ScalarType.Float64).requires_grad_();
    }

    private static (Supernet Supernet, Tensor[] Alphas, Tensor Images) Setup(SearchSpace space, Shape input, int batch)
    {
        manual_seed(1);
        var supernet = new Supernet(space, input, 3);
        supernet.train();
        // Alphas far apart, so that a weight in the wrong place shows.
        var alphas = space.Decisions.Select(static decision => randn(decision.MixedCount).requires_grad_()).ToArray();
        return (supernet, alphas, randn(batch, input.Dimensions[0], input.Dimensions[1], input.Dimensions[2]).requires_grad_());
    }

    private static Mixture Weighted(SearchSpace space, Tensor[] alphas) => Mixture.Weighted(
        [.. space.Decisions.Zip(alphas, static (decision, alpha) => decision.Kind == DecisionKind.Structure ? alpha.softmax(0) : null)], space.Normalize(new int[alphas.Length]));

    private static Dictionary<string, Tensor> Gradients(Supernet supernet, SearchSpace space, Tensor[] alphas, Tensor images, Func<SearchSpace, Tensor[], Mixture> mixture)
    {
        var parameters = supernet.named_parameters().Select(static pair => (Name: pair.Item1, Tensor: (Tensor)pair.Item2))
            .Concat(alphas.Select(alpha => (Name: Name(alphas, alpha), Tensor: alpha))).Append((Name: "images", Tensor: images)).ToArray();
        foreach (var (_, tensor) in parameters) tensor.grad = null;
        var output = supernet.call(images, mixture(space, alphas));
        (output * linspace(-1, 2, output.numel(), dtype: output.dtype).view(output.shape)).sum().backward();
        var result = parameters.Where(static pair => pair.Tensor.grad is not null).ToDictionary(static pair => pair.Name, static pair => pair.Tensor.grad!.clone());
        result["output"] = output.detach();
        return result;
    }

    private static string Name(Tensor[] alphas, Tensor alpha) => $"alpha{Array.IndexOf(alphas, alpha)}";

    /// <summary>Equal within 1e-4 of the largest gradient of each tensor.</summary>
    private static void AssertClose(Dictionary<string, Tensor> exact, Dictionary<string, Tensor> actual)
    {
        foreach (var (name, gradient) in exact)
        {
            var size = Largest(gradient);
            if (!actual.TryGetValue(name, out var found))
            {
                Assert.AreEqual(0, size, $"{name} has no gradient");
                continue;
            }
            var difference = Largest(gradient - found);
            Assert.IsLessThanOrEqualTo(1e-4 * size, difference, $"{name}: {difference} of {size}");
        }

        static double Largest(Tensor tensor) => tensor.abs().max().to(ScalarType.Float64).item<double>();
    }
}
