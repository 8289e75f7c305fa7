using System.Reflection;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Spaces;

/// <summary>What every space promises: that an architecture's declared shape and cost are its network's, and that ONNX Runtime computes what the network does.</summary>
/// <remarks>Shared with the benchmark, which checks many more architectures than a test has time for.</remarks>
internal static class SpaceContract
{
    /// <summary>How far ONNX Runtime's outputs may be from the network's, relative to the largest.</summary>
    public const double Tolerance = 1e-5;

    private const int Batch = 16;
    private const int Outputs = 4;
    private const int Steps = 10;

    /// <summary>Of the library's batch normalisation.</summary>
    private const double Momentum = 0.1;

    private static readonly Shape Image = new(3, 24, 24);

    /// <summary>Every space of the library with its default options, on an input small enough to run hundreds of networks.</summary>
    public static IEnumerable<SearchSpace> Spaces() => typeof(SearchSpaces).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(static method => method.ReturnType == typeof(SearchSpace))
        .Select(static method => (SearchSpace)method.Invoke(null, [.. method.GetParameters().Select(static parameter => parameter.Name == "exampleInput" ? Image : parameter.DefaultValue)])!)
        .Append(SearchSpaces.NasRlCnn(layers: 3, searchesStrides: true, exampleInput: Image));

    /// <summary>Checks one architecture and exports it.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="exportPath">Where its ONNX file is written, for the count of multiply-adds; null for nowhere.</param>
    /// <returns>The largest difference between the network's outputs and ONNX Runtime's, relative to the largest output.</returns>
    /// <exception cref="InvalidOperationException">The architecture is not what it says.</exception>
    public static double Check(Architecture architecture, string? exportPath = null)
    {
        using var scope = NewDisposeScope();
        var input = architecture.Space.Input;
        using var network = new Network(architecture.Tree, input, Outputs);
        var (features, cost) = architecture.Measure(input);
        Require(Network.CostOf(architecture, input, Outputs) == network.Cost, architecture, "costs as an architecture", Network.CostOf(architecture, input, Outputs), "and as a network", network.Cost);
        var parameters = network.parameters().Sum(static parameter => parameter.numel());
        Require(parameters == network.Cost.Parameters, architecture, "declares parameters", network.Cost.Parameters, "and has", parameters);
        Require(cost.Macs >= 0 && cost.ActivationBytes > 0, architecture, "declares the cost", cost, "on", input);

        var rows = Rows(input);
        if (IsOnImages(architecture.Space)) Train(network, rows);
        using var none = no_grad();
        Settle(network, rows);
        var products = 0L;
        Tensor output;
        using (new ForwardProbe { Weighted = (values, each) => products += values.numel() / Batch * each }) output = network.call(rows);
        Require(!CountsProducts(architecture) || products == network.Cost.Macs, architecture, "declares multiply-adds", network.Cost.Macs, "and computes", products);
        var declared = new PredictionHead(Outputs).OutputShape(features).Dimensions.Select(static size => (long)size).Prepend(Batch);
        Require(output.shape.SequenceEqual(declared), architecture, "declares features of shape", features, "and its head gives, batch first,", $"[{string.Join(", ", output.shape)}]");

        var graph = new GraphBuilder("architecture");
        graph.Output("y", network.Emit(graph, graph.Input("x", ElementType.Float, ["N", .. input.Dimensions.Select(static size => (Dimension)size)])));
        var model = graph.Build();
        if (exportPath is not null) model.Save(exportPath);
        using var session = new OnnxSession(model);
        var answers = session.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Create(rows.contiguous().data<float>().ToArray(), rows.shape) })["y"].As<float>().Values.ToArray();
        var expected = output.contiguous().data<float>().ToArray();
        var worst = (double)expected.Zip(answers, static (right, actual) => Math.Abs(right - actual)).Max() / expected.Max(Math.Abs);
        Require(answers.Length == expected.Length, architecture, "gives a number of values in ONNX Runtime,", answers.Length, "that is not the network's,", expected.Length);
        Require(worst <= Tolerance, architecture, "differs in ONNX Runtime by", worst, "of its largest output, and may by", Tolerance);
        return worst;
    }

    /// <summary>
    /// What is wrong with the declared multiply-adds, or null. On images they are the products, where biases count none, and a file leaves out operations
    /// whose results nothing uses, which NAS-Bench-201 counts; elsewhere work on single values (normalisation, encodings) may count too, but no more of it
    /// than there is.
    /// </summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="counted">What <see cref="MacCount"/> found.</param>
    public static string? WrongMacs(Architecture architecture, (long Products, long Others) counted)
    {
        var declared = Network.CostOf(architecture, architecture.Space.Input, Outputs).Macs;
        return declared >= counted.Products && (CountsProducts(architecture) || declared <= counted.Products + counted.Others)
            ? null
            : $"An architecture of space '{architecture.Space.Name}' declares {declared:N0} multiply-adds; its graph has {counted.Products:N0} products and {counted.Others:N0} other values: {architecture}";
    }

    private static bool IsOnImages(SearchSpace space) => space.Input.Dimensions.Length == Shape.ImageRank;

    /// <summary>Whether the declared multiply-adds are the products of layers with weights, and nothing else.</summary>
    private static bool CountsProducts(Architecture architecture) => IsOnImages(architecture.Space)
        && !architecture.Decisions.Any(static pair => pair.Key.EndsWith("squeezeExcite", StringComparison.Ordinal) && pair.Value == "True");

    /// <summary>
    /// A few steps towards random answers: what is exported has learned something. Fifty layers with fresh weights are chaotic, so that rounding alone
    /// moves their outputs by more than the tolerance, whoever computes them.
    /// </summary>
    private static void Train(Network network, Tensor rows)
    {
        using var parameters = new FlatParameters(network);
        using var optimizer = new FlatAdamW(parameters, weightDecay: 0);
        network.train();
        Tensor? answers = null;
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            parameters.Gradients.zero_();
            var output = network.call(rows);
            answers ??= randn(output.shape).MoveToOuterDisposeScope();
            (output - answers).square().mean().backward();
            optimizer.Step(0.01);
        }
    }

    /// <summary>
    /// Running statistics that are the batch's own, as they are after training: fresh ones would let a deep network's values die away, and
    /// its outputs would be no more than the head's biases.
    /// </summary>
    private static void Settle(Network network, Tensor rows)
    {
        var statistics = network.named_buffers().Where(static buffer => buffer.name.EndsWith("running_mean", StringComparison.Ordinal) || buffer.name.EndsWith("running_var", StringComparison.Ordinal)).ToArray();
        foreach (var (_, buffer) in statistics) buffer.zero_();
        network.train();
        _ = network.call(rows);
        foreach (var (_, buffer) in statistics) buffer.div_(Momentum);
        network.eval();
    }

    /// <summary>Random rows.</summary>
    public static Tensor Rows(Shape input)
    {
        switch (input)
        {
            case TableShape table:
                return cat([randn(Batch, table.Numbers), .. table.Cardinalities.Select(static cardinality => randint(0, cardinality, [Batch, 1], dtype: ScalarType.Float32))], 1);
            case TokenShape text:
                var steps = arange(text.Length).lt((arange(Batch) + 1).unsqueeze(1) * text.Length / Batch);
                return randint(1, text.Vocabulary, [Batch, text.Length], dtype: ScalarType.Float32) * steps.to_type(ScalarType.Float32);
            default:
                return randn([Batch, .. input.Dimensions.Select(static size => (long)size)]);
        }
    }

    private static void Require(bool holds, Architecture architecture, string what, object declared, string and, object actual)
    {
        if (!holds) throw new InvalidOperationException($"An architecture of space '{architecture.Space.Name}' {what} {declared} {and} {actual}: {architecture}");
    }
}
