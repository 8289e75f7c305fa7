using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks;

/// <summary>
/// The gradients of a DARTS search network of full size after some steps of training, alphas' and weights': cells computed together, and one module after the other as in the
/// paper's code, each against the other and against the latter in double precision.
/// </summary>
internal static class DartsGradientBenchmark
{
    private const int Batch = 16, Classes = 10;

    public static void Run(Flags flags)
    {
        set_num_threads(flags.Optional("threads") ?? 2);
        using var scope = NewDisposeScope();
        manual_seed(flags.Optional("seed") ?? 1);
        var input = new Shape(3, 28, 28);
        var space = SearchSpaces.DartsCells(flags.Optional("channels") ?? 8, flags.Optional("layers") ?? 5, exampleInput: input);
        using var supernet = new Supernet(space, input, Classes);
        supernet.train();
        var alphas = space.Decisions.Select(static decision => (1e-3 * randn(decision.MixedCount)).requires_grad_()).ToArray();
        Train(supernet, space, alphas, flags.Optional("steps") ?? 60);
        var (images, labels) = RandomBatch();
        var together = Gradients(supernet, space, alphas, (images, labels));
        foreach (var cell in supernet.modules().OfType<SuperCell>()) cell.ComputesTogether = false;
        var modules = Gradients(supernet, space, alphas, (images, labels));
        supernet.to(ScalarType.Float64);
        var exact = Gradients(supernet, space, [.. alphas.Select(static alpha => alpha.detach().to(ScalarType.Float64).requires_grad_())], (images.to(ScalarType.Float64), labels));
        Console.WriteLine($"{"",-32}{"largest",10}{"largest difference",20}{"norm of difference",20}{"tensors beyond 1e-4 of their largest",38}");
        foreach (var part in new[] { "alpha", "weight" })
        {
            Compare($"{part}s: together, modules", part, together, modules);
            Compare($"{part}s: together, exact", part, together, exact);
            Compare($"{part}s: modules, exact", part, modules, exact);
        }
    }

    /// <summary>A search's steps of the weights: a fresh network of this depth is chaotic, and float32 alone moves its gradients by a thousandth.</summary>
    private static void Train(Supernet supernet, SearchSpace space, Tensor[] alphas, int steps)
    {
        using var parameters = new FlatParameters(supernet);
        using var optimizer = new FlatAdamW(parameters, weightDecay: 0);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            parameters.Gradients.zero_();
            Loss(supernet, space, alphas, RandomBatch()).backward();
            optimizer.Step(0.01);
        }
    }

    /// <summary>Noise that is the brighter the higher its class.</summary>
    private static (Tensor Images, Tensor Labels) RandomBatch()
    {
        var labels = randint(0, Classes, [Batch], dtype: ScalarType.Int64);
        return (randn(Batch, 3, 28, 28) + labels.to_type(ScalarType.Float32).view(Batch, 1, 1, 1) / 5, labels);
    }

    private static Tensor Loss(Supernet supernet, SearchSpace space, Tensor[] alphas, (Tensor Images, Tensor Labels) batch)
    {
        var mixture = Mixture.Weighted([.. space.Decisions.Zip(alphas, static (decision, alpha) => decision.Kind == DecisionKind.Structure ? alpha.softmax(0) : null)], space.Normalize(new int[alphas.Length]));
        return functional.cross_entropy(supernet.call(batch.Images, mixture).squeeze(1), batch.Labels);
    }

    private static Dictionary<string, Tensor> Gradients(Supernet supernet, SearchSpace space, Tensor[] alphas, (Tensor, Tensor) batch)
    {
        var weights = supernet.named_parameters().ToArray();
        foreach (var (_, weight) in weights) weight.grad = null;
        foreach (var alpha in alphas) alpha.grad = null;
        Loss(supernet, space, alphas, batch).backward();
        return weights.Select(static pair => (Name: $"weight {pair.name}", pair.parameter.grad)).Concat(alphas.Select(static (alpha, index) => (Name: $"alpha {index}", alpha.grad)))
            .Where(static pair => pair.grad is not null).ToDictionary(static pair => pair.Name, static pair => pair.grad!.to(ScalarType.Float64).clone());
    }

    /// <summary>Differences between all gradients of a part taken as one vector; its norm relative to the vector's.</summary>
    private static void Compare(string title, string part, Dictionary<string, Tensor> left, Dictionary<string, Tensor> right)
    {
        var names = right.Keys.Where(name => name.StartsWith(part, StringComparison.Ordinal)).ToArray();
        var differences = names.Select(name => left.TryGetValue(name, out var found) ? found - right[name] : right[name]).ToArray();
        var beyond = names.Where((name, index) => Largest(differences[index]) > 1e-4 * Largest(right[name])).Count();
        Console.WriteLine(FormattableString.Invariant(
            $"{title,-32}{names.Max(name => Largest(right[name])),10:0.0e+0}{differences.Max(Largest),20:0.0e+0}{Math.Sqrt(differences.Sum(Square) / names.Sum(name => Square(right[name]))),20:0.0e+0}{$"{beyond} of {names.Length}",38}"));
    }

    private static double Largest(Tensor tensor) => tensor.abs().max().item<double>();

    private static double Square(Tensor tensor) => tensor.square().sum().item<double>();
}
