using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Tests.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Parameter = TorchSharp.Modules.Parameter;

namespace Microsoft.ML.Nas.Tests.Operations;

/// <summary>
/// What every operation and every space promise in mixed precision: nearly float32's outputs and gradients, and float32 where they are kept. bfloat16 rounds
/// a value by up to 1/512 of itself; networks amplify that, which is told from a mistake by what rounding the weights alone does to the float32 network.
/// </summary>
[TestClass]
public sealed class AutocastTests
{
    private const double OperationTolerance = 1 / 64.0;
    private const double NetworkTolerance = 1 / 32.0;
    private const double MostOfRounding = 3;
    private const double LeastCosine = 0.99;
    private const int Architectures = 3;

    public static IEnumerable<object[]> Operations => OperationCases.All().Select(static pair => new object[] { pair.Operation, pair.Input });

    [TestMethod]
    [DynamicData(nameof(Operations))]
    public void Operations_are_near_their_float32_selves(Operation operation, Shape input)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var module = operation.CreateModule(input);
        module.train();
        var isEncoded = input is not (TableShape or TokenShape);
        var values = SpaceContract.Rows(input);
        // As another operation before it would give them.
        if (isEncoded) values = values.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32);

        var full = Run([module], () => module.call(values));
        var low = Run([module], () => module.call(isEncoded ? Autocast.Low(values) : values), TrainingPrecision.BFloat16);

        Assert.IsLessThanOrEqualTo(OperationTolerance, Distance(full.Output, low.Output), $"{operation.Name} on {input}");
        var largest = full.Gradients.Select(static gradient => gradient.norm().item<float>()).Append(0).Max();
        foreach (var ((name, _), (expected, actual)) in module.named_parameters().Zip(full.Gradients.Zip(low.Gradients)))
            // Some have gradients of nothing but rounding errors, as a bias before a normalisation.
            Assert.IsTrue(Cosine(expected, actual) > LeastCosine || (expected - actual).norm().item<float>() <= OperationTolerance * largest, $"{operation.Name} on {input}: {name}");
    }

    /// <summary>The deepest of them with fewer layers: fifty of them with fresh weights are chaotic.</summary>
    public static IEnumerable<object[]> Spaces => SpaceContract.Spaces().Select(static space => space.Name switch
    {
        "nasbench201" => SearchSpaces.NasBench201(channels: 8, cellsPerStage: 1, space.Input),
        "darts" => SearchSpaces.DartsCells(channels: 8, cells: 3, exampleInput: space.Input),
        "nas-rl-cnn" => SearchSpaces.NasRlCnn(layers: 3, exampleInput: space.Input),
        "mobilenet" => SearchSpaces.MobileNet(maxDepth: 2, exampleInput: space.Input),
        _ => space,
    }).Select(static space => new object[] { space.Name, space });

    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void Networks_and_supernets_are_near_their_float32_selves(string name, SearchSpace space)
    {
        manual_seed(1);
        var random = new Random(1);
        for (var i = 0; i < Architectures; i++)
        {
            using var scope = NewDisposeScope();
            var architecture = space.Resolve(space.Sample(random));
            using var network = new Network(architecture.Tree, space.Input, 4);
            var rows = SpaceContract.Rows(space.Input);
            Compare([network], () => network.call(rows), $"{name}: {architecture}");
        }
        using var outer = NewDisposeScope();
        using var supernet = new Supernet(space, space.Input, 4);
        using var alphas = new SoftmaxRelaxation(space, space.Default);
        var some = SpaceContract.Rows(space.Input);
        var path = Mixture.Path(space.Sample(random));
        Compare([supernet], () => supernet.call(some, path), $"{name}, a path of the supernet");
        // Images of different sizes cannot be mixed.
        if (name != "nas-rl-cnn-strided") Compare([supernet, alphas], () => supernet.call(some, alphas.ExpectedMixture()), $"{name}, the supernet's mixture");
    }

    [TestMethod]
    public void Products_are_low_and_what_is_sensitive_is_float32()
    {
        using var scope = NewDisposeScope();
        Shape image = new(4, 8, 8), steps = new(5, 8);
        foreach (var (operation, input) in ((Operation, Shape)[])[(new Conv2d(4, 3), image), (new SeparableConv2d(4), image), (new InvertedResidual(4, 3, 2), image), (new Conv1d(4, 3), steps), (new Linear(4), steps), (new MultiHeadSelfAttention(2), steps), (new FeedForward(2), steps)])
            Assert.AreEqual(ScalarType.BFloat16, TypeOf(operation, input), operation.Name);
        foreach (var (operation, input) in ((Operation, Shape)[])[(new GroupNorm(2), image), (new LayerNorm(), steps), (new Gru(4), steps), (new Lstm(4), steps), (new SequencePool(SequencePooling.Attention), steps), (new PredictionHead(2), new(8))])
            Assert.AreEqual(ScalarType.Float32, TypeOf(operation, input), operation.Name);

        static ScalarType TypeOf(Operation operation, Shape input)
        {
            using var module = operation.CreateModule(input);
            using var precision = Autocast.Use(TrainingPrecision.BFloat16);
            return module.call(Autocast.Low(SpaceContract.Rows(input))).dtype;
        }
    }

    /// <summary>It knows nothing of other types than float32.</summary>
    [TestMethod]
    public void An_operation_from_elsewhere_is_given_float32()
    {
        using var scope = NewDisposeScope();
        var space = new SearchSpace("foreign", new Chain(new Linear(8), new Foreign(), new Choice("last", ("foreign", new Foreign()), ("none", new Identity()))), new Shape(8));
        using var network = new Network(space.Resolve(space.Default).Tree, space.Input, 2);
        using var supernet = new Supernet(space, space.Input, 2);
        using var precision = Autocast.Use(TrainingPrecision.BFloat16);
        network.call(randn(3, 8)).sum().backward();
        supernet.call(randn(3, 8), Mixture.Path(space.Default)).sum().backward();
    }

    [TestMethod]
    public void A_precision_ends_with_its_scope_and_can_be_left_inside_it()
    {
        using var scope = NewDisposeScope();
        var value = randn(3);
        using (Autocast.Use(TrainingPrecision.BFloat16))
        {
            using (Autocast.Use(TrainingPrecision.Float32)) Assert.AreEqual(ScalarType.Float32, Autocast.Low(value).dtype);
            Assert.AreEqual(ScalarType.BFloat16, Autocast.Low(value).dtype);
            Assert.AreEqual(ScalarType.Int64, Autocast.Low(arange(3)).dtype);
            Assert.AreEqual(ScalarType.Float32, Task.Run(() => Autocast.Low(value)).Result.dtype, "Other threads compute as they did.");
        }
        Assert.AreEqual(ScalarType.Float32, Autocast.Low(value).dtype);
    }

    private sealed record Foreign : Operation
    {
        public override Shape OutputShape(Shape input) => input;

        public override Cost Cost(Shape input) => default;

        public override Module<Tensor, Tensor> CreateModule(Shape input) => Linear(input.Features, input.Features);

        public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => throw new NotSupportedException();
    }

    private static void Compare(Module[] modules, Func<Tensor> call, string what)
    {
        using var scope = NewDisposeScope();
        var full = Run(modules, call);
        var low = Run(modules, call, TrainingPrecision.BFloat16);
        var rounded = Rounded(modules, () => Run(modules, call));
        Assert.AreEqual(ScalarType.Float32, low.Output.dtype, what);
        Assert.IsLessThanOrEqualTo(NetworkTolerance + MostOfRounding * Distance(full.Output, rounded.Output), Distance(full.Output, low.Output), what);
        Assert.IsLessThanOrEqualTo(NetworkTolerance + MostOfRounding * (1 - Cosine(Joined(full), Joined(rounded))), 1 - Cosine(Joined(full), Joined(low)), $"{what}: gradients");
    }

    private static (Tensor Output, Tensor[] Gradients) Run(Module[] modules, Func<Tensor> call, TrainingPrecision precision = TrainingPrecision.Float32)
    {
        Parameter[] parameters = [.. modules.SelectMany(static module => module.parameters())];
        foreach (var module in modules) module.train();
        foreach (var parameter in parameters) parameter.grad = null;
        manual_seed(2);
        Tensor output;
        using (Autocast.Use(precision)) output = call();
        manual_seed(3);
        if (output.requires_grad) (output * randn(output.shape)).mean().backward();
        Tensor[] gradients = [.. parameters.Select(static parameter => parameter.grad ?? zeros_like(parameter))];
        foreach (var tensor in gradients) Assert.AreEqual(ScalarType.Float32, tensor.dtype);
        foreach (var tensor in gradients.Append(output)) Assert.IsTrue(float.IsFinite(tensor.to_type(ScalarType.Float32).sum().item<float>()));
        return (output.detach(), gradients);
    }

    /// <summary>What a function gives where all parameters are rounded to bfloat16.</summary>
    private static T Rounded<T>(Module[] modules, Func<T> run)
    {
        var originals = modules.SelectMany(static module => module.parameters()).Select(static parameter => (parameter, parameter.detach().clone())).ToArray();
        using (no_grad())
            foreach (var (parameter, _) in originals) parameter.copy_(parameter.to_type(ScalarType.BFloat16));
        var result = run();
        using (no_grad())
            foreach (var (parameter, value) in originals) parameter.copy_(value);
        return result;
    }

    private static Tensor Joined((Tensor Output, Tensor[] Gradients) run) => cat([.. run.Gradients.Select(static gradient => gradient.flatten())], 0);

    private static double Distance(Tensor expected, Tensor actual) => (expected - actual).abs().max().item<float>() / Math.Max(1e-6, expected.abs().max().item<float>());

    private static double Cosine(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (left.flatten().to_type(ScalarType.Float64), right.flatten().to_type(ScalarType.Float64));
        var product = a.norm().item<double>() * b.norm().item<double>();
        return product == 0 ? 1 : a.dot(b).item<double>() / product;
    }
}
