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
        Console.WriteLine($"{"space",-22}{"size",12}{"checked",9}{"failed",8}{"ONNX difference: mean",24}{"worst",9}{"seconds",9}");
        var names = flags.Text("spaces", "");
        foreach (var space in SpaceContract.Spaces().Where(space => names.Length == 0 || names.Split(',').Contains(space.Name)))
        {
            manual_seed(1);
            var random = new Random(1);
            var (clock, differences, failures) = (Stopwatch.StartNew(), new List<double>(), new List<string>());
            for (var start = 0; start < count; start += Portion)
                Check([.. Enumerable.Range(0, Math.Min(Portion, count - start)).Select(_ => space.Resolve(space.Sample(random)))]);
            Console.WriteLine($"{space.Name,-22}{(double)space.Size,12:0.#e+0}{count,9}{failures.Count,8}{differences.DefaultIfEmpty(double.NaN).Average(),24:0.0e+0}{differences.DefaultIfEmpty(double.NaN).Max(),9:0.0e+0}{clock.Elapsed.TotalSeconds,9:0}");
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
