using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Spaces;

namespace Benchmarks;

/// <summary>
/// Spearman's correlation of proxies with CIFAR-10 validation accuracy, and with what NASLib computed for the same proxy, on the cells of
/// shared/data/nasbench201/zero_cost_cifar10.csv.
/// </summary>
internal static class ZeroCostBenchmark
{
    private const int Classes = 10;

    public static void Run(Flags flags)
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Folder("nasbench201"), "zero_cost_cifar10.csv"));
        var columns = lines[0].Split(',');
        var cells = lines.Skip(1).Take((int)flags.Number("cells", lines.Length - 1)).Select(static line => line.Split(',')).ToArray();
        var accuracy = Column("val_acc")!;
        var space = SearchSpaces.NasBench201();
        var architectures = cells.Select(cell => space.Resolve(NasBench201Notation.Parse(space, cell[Array.IndexOf(columns, "arch")]))).ToArray();
        Console.WriteLine($"{cells.Length} cells; Spearman's correlation with CIFAR-10 validation accuracy");
        foreach (var name in flags.List("proxies", "parameters,macs,synflow,zen"))
        {
            var (proxy, published) = Proxy(name, (int)flags.Number("repeats", 4));
            var clock = Stopwatch.StartNew();
            double[] scores = [.. architectures.Select(architecture => proxy.Score(new ProxyContext(architecture, new Shape(3, 32, 32), Classes, seed: 1)))];
            var naslib = Column(published)!;
            Console.WriteLine($"{name,-12} ours {RankCorrelation.Spearman(scores, accuracy):0.000}   NASLib's {RankCorrelation.Spearman(naslib, accuracy):0.000}   ours with NASLib's {RankCorrelation.Spearman(scores, naslib):0.000}   {clock.Elapsed.TotalSeconds / cells.Length:0.000} s a cell");
        }

        double[]? Column(string name) => Array.IndexOf(columns, name) is >= 0 and var index ? [.. cells.Select(cell => double.Parse(cell[index], CultureInfo.InvariantCulture))] : null;
    }

    private static (Proxy Proxy, string Published) Proxy(string name, int repeats) => name switch
    {
        "synflow" => (new SynFlow(), "synflow"),
        "zen" => (new Zen { Repeats = repeats }, "zen"),
        "parameters" => (new ParameterCount(), "params"),
        "macs" => (new MacCount(), "flops"),
        _ => throw new ArgumentException($"No proxy '{name}' that needs no data; there are synflow, zen, parameters and macs."),
    };
}
