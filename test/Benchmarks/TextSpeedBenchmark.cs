using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations.Recurrent;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>What an epoch on the fine-foods reviews costs a processor: with batches of any texts, and with batches of similar length.</summary>
internal static class TextSpeedBenchmark
{
    public static void Run(Flags flags)
    {
        set_num_threads(1);
        var space = SearchSpaces.Text();
        var split = Reviews.Split(space);
        using var similar = split.Train;
        var any = new LabeledRows(similar.Features, similar.Labels, similar.Weights);
        var repeats = flags.Optional("repeats") ?? 3;

        var parts = flags.List("parts", "starts,supernet");
        foreach (var start in space.Starts.Where(_ => parts.Contains("starts")).Select(space.Resolve))
        {
            using var network = new TrainedNetwork(start, split);
            Report(start.ToString(), DefaultRecipes.For(split).BatchSize, network.Network, network.Network.call);
        }
        if (!parts.Contains("supernet")) return;
        using var supernet = new Supernet(space.WithInput(split.Input), split.Input, split.Target.Outputs);
        var mixture = Mixture.Weighted([.. space.Decisions.Select(static decision => decision.Kind == DecisionKind.Structure ? ones(decision.Count) / decision.Count : null)], space.Normalize(new int[space.Decisions.Length]));
        Report("supernet, all options", new DartsOptions().BatchSizeFor(similar), supernet, features => supernet.call(features, mixture));

        void Report(string name, int batch, nn.Module module, Func<Tensor, Tensor> forward)
        {
            using var parameters = new FlatParameters(module);
            using var optimizer = new FlatAdamW(parameters, 0.01);
            var (before, after, library) = (new List<double>(), new List<double>(), new List<double>());
            var recurrent = module.modules().OfType<RecurrentModule>().ToArray();
            Epoch(similar, share: 0.2);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                before.Add(Epoch(any, share: 1));
                after.Add(Epoch(similar, share: 1));
                if (recurrent.Length == 0) continue;
                foreach (var layer in recurrent) layer.ComputesTogether = false;
                library.Add(Epoch(similar, share: 1));
                foreach (var layer in recurrent) layer.ComputesTogether = true;
            }
            Console.WriteLine($"{name}: {Median(before):N0} ms of processor time an epoch with any texts in a batch, {Median(after):N0} with similar ones: {Median(before) / Median(after):0.00} times as fast{(library.Count > 0 ? $"; with LibTorch's recurrent layers {Median(library):N0}" : "")}");

            double Epoch(LabeledRows rows, double share)
            {
                module.train();
                manual_seed(1);
                using var batches = new Batches(rows, batch);
                var started = Process.GetCurrentProcess().TotalProcessorTime;
                for (var step = 0; step < batches.Count * share; step++)
                {
                    using var scope = NewDisposeScope();
                    var (features, labels, weights) = batches[step];
                    parameters.Gradients.zero_();
                    TaskOutputs.Of(split.Target).Loss(forward(features), labels, weights).backward();
                    optimizer.Step(1e-3);
                }
                return (Process.GetCurrentProcess().TotalProcessorTime - started).TotalMilliseconds;
            }
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
