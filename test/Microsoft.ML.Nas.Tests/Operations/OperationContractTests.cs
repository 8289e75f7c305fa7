using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Operations;

/// <summary>What every operation promises: that shape, cost, module and ONNX nodes say the same.</summary>
[TestClass]
public sealed class OperationContractTests
{
    private const int Batch = 6;

    public static IEnumerable<object[]> Cases => OperationCases.All().Select(static pair => new object[] { pair.Operation, pair.Input });

    [TestMethod]
    public void Every_operation_of_the_library_has_a_case()
    {
        var covered = OperationCases.All().Select(static pair => pair.Operation.GetType()).ToHashSet();
        var missing = typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract && !covered.Contains(type));
        Assert.AreEqual("", string.Join(", ", missing.Select(static type => type.Name)));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_declared_shape_is_the_modules(Operation operation, Shape input)
    {
        using var scope = NewDisposeScope();
        using var module = Randomised(operation, input);
        CollectionAssert.AreEqual(
            operation.OutputShape(input).Dimensions.Select(static dimension => (long)dimension).Prepend(Batch).ToArray(),
            module.call(RandomInput(input)).shape);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_declared_parameters_are_the_modules(Operation operation, Shape input)
    {
        using var module = operation.CreateModule(input);
        Assert.AreEqual(module.parameters().Sum(static parameter => parameter.numel()), operation.Cost(input).Parameters);
        Assert.AreEqual(operation.OutputShape(input).Count * sizeof(float), operation.Cost(input).ActivationBytes);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Onnx_runtime_computes_what_the_module_computes(Operation operation, Shape input)
    {
        using var scope = NewDisposeScope();
        using var module = Randomised(operation, input);
        var values = RandomInput(input);
        var expected = module.call(values).detach().contiguous().data<float>().ToArray();

        var graph = new GraphBuilder("operation");
        var value = graph.Input("x", ElementType.Float, ["N", .. input.Dimensions.Select(static dimension => (Dimension)dimension)]);
        graph.Output("y", operation.Emit(graph, module, value));
        using var session = new OnnxSession(graph.Build());
        var actual = OnnxRuns.Single(session, values.contiguous().data<float>().ToArray(), [Batch, .. input.Dimensions.Select(static dimension => (long)dimension)]);

        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])), $"{operation.Name} on {input}, value {i}");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Gradients_reach_every_parameter(Operation operation, Shape input)
    {
        using var scope = NewDisposeScope();
        using var module = Randomised(operation, input);
        module.train();
        if (!module.parameters().Any()) return;
        var output = module.call(RandomInput(input));
        (output * randn_like(output)).sum().backward();
        foreach (var (name, parameter) in module.named_parameters())
            Assert.IsNotNull(parameter.grad, $"{operation.Name}.{name}");
    }

    /// <summary>Transposed outputs are common (ensemble heads); LibTorch's own kernels do not all take their gradients.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Gradients_do_not_depend_on_the_memory_layout(Operation operation, Shape input)
    {
        if (input is TableShape or TokenShape) return;
        using var scope = NewDisposeScope();
        using var module = Randomised(operation, input);
        var values = RandomInput(input);
        var direction = randn(operation.OutputShape(input).Dimensions.Select(static dimension => (long)dimension).Append(Batch).ToArray());
        var plain = Gradient(direction.movedim([direction.dim() - 1], [0]).contiguous());
        for (var repetition = 0; repetition < 3; repetition++)
        {
            for (var i = 0; i < 8; i++) full(values.shape, float.NaN).Dispose();
            var transposed = Gradient(direction.movedim([direction.dim() - 1], [0]));
            Assert.IsLessThan(1e-5, (plain - transposed).abs().max().item<float>(), $"{operation.Name} on {input}");
        }

        Tensor Gradient(Tensor along)
        {
            var x = values.clone().requires_grad_();
            (module.call(x) * along).sum().backward();
            return x.grad!;
        }
    }

    [TestMethod]
    [DynamicData(nameof(PaddedCases))]
    public void Padding_stays_zero_and_does_not_matter(Operation operation, Shape input)
    {
        using var scope = NewDisposeScope();
        using var module = Randomised(operation, input);
        var longest = input.Dimensions[0] - 2;
        var values = RandomInput(input).narrow(1, 0, longest);
        var padding = values.new_zeros([Batch, 2, .. values.shape[2..]]);

        var whole = module.call(cat([values, padding], 1));
        var cut = module.call(values);

        // Embeddings cut batches to their longest text.
        if (operation.OutputShape(input) is SequenceShape or TokenShape && whole.shape[1] > longest)
        {
            Assert.AreEqual(0f, whole.narrow(1, longest, 2).abs().max().item<float>(), $"{operation.Name}'s padding");
            whole = whole.narrow(1, 0, longest);
        }
        Assert.IsLessThan(1e-5, (whole - cut).abs().max().item<float>(), operation.Name);
    }

    public static IEnumerable<object[]> PaddedCases => OperationCases.All()
        .Where(static pair => pair.Input is SequenceShape or TokenShape).Select(static pair => new object[] { pair.Operation, pair.Input });

    [TestMethod]
    [DynamicData(nameof(WrongCases))]
    public void A_wrong_input_is_refused_with_its_shape(Operation operation, Shape input) =>
        StringAssert.Contains(Assert.ThrowsExactly<ShapeException>(() => operation.OutputShape(input)).Message, input.ToString());

    public static IEnumerable<object[]> WrongCases => OperationCases.All()
        .Select(static pair => pair.Operation).Distinct()
        .Select(static operation => new object[] { operation, operation is TableEncoding or FeatureTokenizer ? new Shape(4) : new TableShape([[0f, 1f]], []) });

    /// <summary>A module in eval mode whose weights and statistics are random and not zero.</summary>
    private static Module<Tensor, Tensor> Randomised(Operation operation, Shape input)
    {
        manual_seed(1);
        var module = operation.CreateModule(input);
        using var none = no_grad();
        foreach (var parameter in module.parameters()) parameter.uniform_(-1, 1);
        foreach (var (name, buffer) in module.named_buffers())
            if (name.Contains("running", StringComparison.Ordinal)) buffer.uniform_(0.5, 1.5);
        module.eval();
        return module;
    }

    private static Tensor RandomInput(Shape input)
    {
        long[] dimensions = [Batch, .. input.Dimensions.Select(static dimension => (long)dimension)];
        if (input is TokenShape tokens) return Tokens(tokens);
        if (input is SequenceShape) return randn(dimensions) * Steps(input.Dimensions[0]).unsqueeze(-1);
        if (input is not TableShape table) return randn(dimensions);
        var numbers = randn(Batch, table.Numbers);
        var codes = table.Cardinalities.Select(cardinality => randint(0, cardinality, [Batch, 1], dtype: ScalarType.Float32));
        return cat([numbers, .. codes], 1);
    }

    /// <summary>Token ids of texts of different lengths, one of them empty, with ids that are not in the vocabulary.</summary>
    private static Tensor Tokens(TokenShape shape) => randint(-2, shape.Vocabulary + 3, [Batch, shape.Length], dtype: ScalarType.Float32) * Steps(shape.Length);

    /// <summary>Ones for steps and zeros for padding, <c>[batch, steps]</c>: one sequence is empty, one full.</summary>
    private static Tensor Steps(int steps) => arange(steps).lt((arange(Batch) * steps / (Batch - 1)).floor().unsqueeze(1)).to_type(ScalarType.Float32);
}
