using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Operations.Recurrent;
using Microsoft.ML.Nas.Spaces;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Operations.Recurrent;

/// <summary>Recurrent layers computed as one operation, against the library's layers in double precision.</summary>
[TestClass]
public sealed class RecurrentModuleTests
{
    private const double Tolerance = 1e-5;

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Outputs_and_all_gradients_are_those_of_the_librarys_layers(RecurrentLayer layer)
    {
        foreach (var (batch, steps, lengths) in Batches)
        {
            AssertSame(layer, new SequenceShape(steps, 5), Texts(batch, steps, 5, lengths));
            AssertSame(layer, new Shape(steps, 5), Texts(batch, steps, 5, null));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Inputs_may_have_fewer_features_than_the_weights(RecurrentLayer layer) =>
        AssertSame(layer, new SequenceShape(6, 8), Texts(3, 6, 3, [6, 2, 4]));

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Gradients_are_slopes(RecurrentLayer layer)
    {
        using var scope = NewDisposeScope();
        var (module, input) = (Create(layer, new SequenceShape(7, 5)), Texts(3, 7, 5, [7, 3, 0]));
        var gradients = Gradients(module, input);
        foreach (var (name, tensor) in Variables(module, input))
        {
            using var none = no_grad();
            var direction = randn(tensor.shape);
            if (name == "input") direction *= input.ne(0).to_type(ScalarType.Float32);
            direction /= direction.norm();
            const float Step = 3e-2f;
            tensor.add_(direction, Step);
            var above = Weighted(module.call(input)).item<double>();
            tensor.add_(direction, -2 * Step);
            var below = Weighted(module.call(input)).item<double>();
            tensor.add_(direction, Step);
            var slope = (above - below) / (2 * Step);
            Assert.AreEqual(slope, (gradients[name] * direction).sum().item<float>(), 2e-3 * (1 + Math.Abs(slope)), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Gradients_of_gradients_are_those_of_the_librarys_layers(RecurrentLayer layer)
    {
        using var scope = NewDisposeScope();
        var (module, input) = (Create(layer, new SequenceShape(6, 5)), Texts(3, 6, 5, [6, 1, 4]));
        var together = SecondGradients(module, input);
        var exact = SecondGradients(Exact(module), Exact(input));
        AssertClose(exact, together);
    }

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Gradients_that_are_not_asked_for_change_no_others(RecurrentLayer layer)
    {
        using var scope = NewDisposeScope();
        var (module, input) = (Create(layer, new SequenceShape(6, 5)), Texts(5, 6, 5, [6, 1, 4, 2, 6]));
        var all = Gradients(module, input);
        input.requires_grad_(false);
        AssertEqual(all, Gradients(module, input));
        input.requires_grad_();
        foreach (var parameter in module.parameters()) parameter.requires_grad_(false);
        AssertEqual(all, Gradients(module, input));
    }

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Threads_change_no_bit(RecurrentLayer layer)
    {
        var threads = get_num_threads();
        try
        {
            using var scope = NewDisposeScope();
            var (module, input) = (Create(layer with { Units = 64 }, new SequenceShape(60, 64)), Texts(32, 60, 64, [.. Enumerable.Range(0, 32).Select(static i => 60 - i)]));
            set_num_threads(1);
            var one = Gradients(module, input);
            set_num_threads(2);
            AssertEqual(one, Gradients(module, input));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [TestMethod]
    public void Backward_can_be_repeated()
    {
        using var scope = NewDisposeScope();
        var (module, input) = (Create(new Lstm(6), new SequenceShape(5, 5)), Texts(2, 5, 5, [5, 3]));
        var output = Weighted(module.call(input));
        var first = autograd.grad([output], [input], retain_graph: true)[0];
        Assert.IsTrue(first.Equals(autograd.grad([output], [input])[0]));
    }

    [TestMethod]
    public void Double_precision_goes_the_librarys_way()
    {
        using var scope = NewDisposeScope();
        var module = Exact(Create(new Gru(3), new SequenceShape(5, 5)));
        Assert.AreEqual(ScalarType.Float64, module.call(Exact(Texts(2, 5, 5, [5, 3]))).dtype);
    }

    [TestMethod]
    public void A_value_that_is_no_number_stays_one()
    {
        using var scope = NewDisposeScope();
        var input = ones(1, 3, 5);
        input.select(1, 1).fill_(float.NaN);
        foreach (RecurrentLayer layer in new RecurrentLayer[] { new Gru(3), new Lstm(3) })
        {
            var output = Create(layer, new SequenceShape(3, 5)).call(input).isnan();
            Assert.IsFalse(output.select(1, 0).any().item<bool>());
            Assert.IsTrue(output.narrow(1, 1, 2).all().item<bool>());
        }
    }

    private static IEnumerable<object[]> Layers =>
    [
        [new Gru(3)], [new Gru(8)], [new Gru(13, IsBidirectional: true)], [new Gru(32, IsBidirectional: true)],
        [new Lstm(3)], [new Lstm(8)], [new Lstm(13, IsBidirectional: true)], [new Lstm(32, IsBidirectional: true)],
    ];

    private static (int Batch, int Steps, int[] Lengths)[] Batches =>
    [
        (1, 1, [1]), (1, 1, [0]), (1, 9, [4]), (2, 6, [0, 0]), (3, 4, [4, 4, 4]), (4, 5, [1, 5, 0, 3]), (9, 12, [12, 3, 0, 1, 7, 11, 2, 12, 5]),
    ];

    private static RecurrentModule Create(RecurrentLayer layer, Shape input)
    {
        manual_seed(1);
        return (RecurrentModule)layer.CreateModule(input);
    }

    private static Tensor Texts(int batch, int steps, int features, int[]? lengths)
    {
        manual_seed(2);
        var input = randn(batch, steps, features);
        for (var example = 0; example < batch && lengths is not null; example++)
            if (lengths[example] < steps) input[example].narrow(0, lengths[example], steps - lengths[example]).zero_();
        return input.requires_grad_();
    }

    private static void AssertSame(RecurrentLayer layer, Shape shape, Tensor input)
    {
        using var scope = NewDisposeScope();
        var module = Create(layer, shape);
        var together = Gradients(module, input);
        AssertClose(Gradients(Exact(module), Exact(input)), together);
    }

    private static RecurrentModule Exact(RecurrentModule module)
    {
        module.to(ScalarType.Float64);
        return module;
    }

    private static Tensor Exact(Tensor tensor) => tensor.detach().to(ScalarType.Float64).requires_grad_();

    // Every output counts differently.
    private static Tensor Weighted(Tensor output)
    {
        var exact = output.to_type(ScalarType.Float64);
        return (exact * linspace(-1, 2, exact.numel(), dtype: ScalarType.Float64).view(exact.shape)).sum();
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Variables(Module module, Tensor input) =>
        module.named_parameters().Select(static pair => (pair.name, (Tensor)pair.parameter)).Append(("input", input));

    private static Dictionary<string, Tensor> Gradients(RecurrentModule module, Tensor input)
    {
        foreach (var (_, tensor) in Variables(module, input)) tensor.grad = null;
        var output = module.call(input);
        Weighted(output).backward();
        var result = Variables(module, input).Where(static pair => pair.Tensor.grad is not null).ToDictionary(static pair => pair.Name, static pair => pair.Tensor.grad!.clone());
        result["output"] = output.detach();
        return result;
    }

    private static Dictionary<string, Tensor> SecondGradients(RecurrentModule module, Tensor input)
    {
        var variables = Variables(module, input).ToArray();
        Tensor[] tensors = [.. variables.Select(static pair => pair.Tensor)];
        var first = autograd.grad([Weighted(module.call(input))], tensors, create_graph: true, retain_graph: true);
        var second = autograd.grad([first.Select(static gradient => (gradient * gradient).sum().to_type(ScalarType.Float64)).Aggregate(static (a, b) => a + b)], tensors);
        return variables.Index().ToDictionary(static pair => pair.Item.Name, pair => second[pair.Index]);
    }

    private static void AssertEqual(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> actual)
    {
        foreach (var (name, gradient) in actual) Assert.IsTrue(gradient.Equals(expected[name]), name);
    }

    /// <summary>Equal within a share of the largest value of each tensor.</summary>
    private static void AssertClose(Dictionary<string, Tensor> exact, Dictionary<string, Tensor> actual)
    {
        foreach (var (name, gradient) in exact)
        {
            var (size, difference) = (Largest(gradient), Largest(gradient - actual[name]));
            Assert.IsLessThanOrEqualTo(Tolerance * size, difference, $"{name}: {difference} of {size}");
        }

        static double Largest(Tensor tensor) => tensor.abs().max().to(ScalarType.Float64).item<double>();
    }
}
