using System.Diagnostics;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Tests.Spaces;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Holds random architectures of every space to what they say of themselves: the tests' contract, on many more of them.</summary>
internal static class SpaceBenchmark
{
    /// <summary>Files are counted and deleted in portions, so that they need little room.</summary>
    private const int Portion = 20;

    public static void Run(Flags flags)
    {
        var count = (int)flags.Number("architectures", 200);
        set_num_threads((int)flags.Number("threads", 2));
        var countsMacs = MacCount.IsAvailable;
        if (!countsMacs) Console.WriteLine("/usr/bin/python3 with the package onnx is missing: multiply-adds are not counted.");
        Console.WriteLine($"{"space",-22}{"size",12}{"checked",9}{"failed",8}{"ONNX difference: mean",24}{"worst",9}{"> 1e-5",8}{"seconds",9}");
        var names = flags.Text("spaces", "");
        var spaces = SpaceContract.Spaces().ToArray();
        if (names.Length > 0)
        {
            spaces = [.. names.Split(',').Select(name => spaces.FirstOrDefault(space => space.Name == name)
                ?? throw new ArgumentException($"There is no space '{name}'; there are {string.Join(", ", spaces.Select(static space => space.Name))}."))];
        }
        foreach (var space in spaces)
        {
            manual_seed(1);
            var random = new Random(1);
            var (clock, differences, failures) = (Stopwatch.StartNew(), new List<double>(), new List<string>());
            for (var start = 0; start < count; start += Portion)
                Check([.. Enumerable.Range(0, Math.Min(Portion, count - start)).Select(_ => space.Resolve(space.Sample(random)))]);
            Console.WriteLine($"{space.Name,-22}{(double)space.Size,12:0.#e+0}{count,9}{failures.Count,8}{differences.DefaultIfEmpty(double.NaN).Average(),24:0.0e+0}{differences.DefaultIfEmpty(double.NaN).Max(),9:0.0e+0}{differences.Count(static difference => difference > SpaceContract.Tolerance),8}{clock.Elapsed.TotalSeconds,9:0}");
            foreach (var failure in failures) Console.WriteLine($"  {failure}");

            void Check(Architecture[] architectures)
            {
                var folder = Directory.CreateTempSubdirectory("nasml-spaces-");
                var exported = new List<Architecture>();
                foreach (var architecture in architectures)
                {
                    try
                    {
                        differences.Add(SpaceContract.Check(architecture, Path.Combine(folder.FullName, $"{exported.Count:000}.onnx")));
                        exported.Add(architecture);
                    }
                    catch (InvalidOperationException problem)
                    {
                        failures.Add(problem.Message);
                        File.Delete(Path.Combine(folder.FullName, $"{exported.Count:000}.onnx"));
                    }
                }
                if (countsMacs) failures.AddRange(MacCount.Of(folder.FullName).Zip(exported, static (counted, architecture) => SpaceContract.WrongMacs(architecture, counted)).OfType<string>());
                folder.Delete(recursive: true);
            }
        }
    }
}
