using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>The forms of convolutions beside each other, forward and backward, in turns.</summary>
internal static class ConvolutionBenchmark
{
    public static void Run(Flags flags)
    {
        var (repeats, batch) = (flags.Optional("repeats") ?? 7, flags.Optional("batch") ?? 64);
        set_num_threads(flags.Optional("threads") ?? 1);
        if (flags.Text("parts", "networks,forms").Contains("networks", StringComparison.Ordinal)) Networks(batch, repeats);
        if (flags.Text("parts", "networks,forms").Contains("forms", StringComparison.Ordinal)) Forms(batch, repeats);
    }

    /// <summary>Training steps of whole networks with LibTorch's channels-last convolutions alone, with the forms that are quickest as a rule, and with those that measured quickest.</summary>
    private static void Networks(int batch, int repeats)
    {
        var image = new Shape(3, 28, 28);
        Console.WriteLine($"{"ms a training step",-44}{"channels last",16}{"rule",16}{"measured",16}");
        foreach (var space in new[] { SearchSpaces.MobileNet(exampleInput: image), SearchSpaces.DartsCells(exampleInput: image), SearchSpaces.NasBench201(cellsPerStage: 1, exampleInput: image) })
        {
            using var scope = NewDisposeScope();
            manual_seed(1);
            var genotype = space.Sample(new Random(1));
            using var network = new Network(space.Resolve(genotype).Tree, image, 10);
            using var parameters = new FlatParameters(network);
            network.train();
            var (images, labels) = (randn([batch, .. image.Dimensions.Select(static size => (long)size)]), randint(0, 10, [batch], dtype: ScalarType.Int64));
            ConvolutionForms?[] choosers = [Chooser(static (_, _) => nameof(ConvolutionForm.ChannelsLast)), null, Chooser(static (_, measure) => measure())];
            var times = choosers.Select(static _ => new List<double>()).ToArray();
            for (var repeat = -2; repeat < repeats; repeat++)
            {
                for (var i = 0; i < choosers.Length; i++)
                {
                    using var chooser = choosers[i]?.Use();
                    using var step = NewDisposeScope();
                    var clock = Stopwatch.StartNew();
                    nn.functional.cross_entropy(network.call(images).squeeze(1), labels).backward();
                    if (repeat >= 0) times[i].Add(clock.Elapsed.TotalMilliseconds);
                }
            }
            Console.WriteLine($"{space.Name,-44}{string.Concat(times.Select(static time => $"{time.Order().ElementAt(time.Count / 2),13:0.0} ms"))}");
        }

        static ConvolutionForms Chooser(Func<string, Func<string>, string> remember) => new(new Dictionary<string, string>(), remember, TimeProvider.System);
    }

    private static void Forms(int batch, int repeats)
    {
        Console.WriteLine($"{"",-44}{string.Concat(Enum.GetValues<ConvolutionForm>().Select(static form => $"{form,16}"))}");
        foreach (var (channels, size) in new[] { (8, 28), (16, 28), (16, 14), (32, 14), (32, 7), (64, 7), (48, 28), (96, 14), (144, 7), (192, 4) })
            foreach (var (kernel, dilation, stride) in new[] { (3, 1, 1), (5, 1, 1), (7, 1, 1), (3, 2, 1), (5, 2, 1), (3, 1, 2), (5, 1, 2) })
                Measure($"depthwise {kernel}x{kernel}, dilation {dilation}, stride {stride}, {channels} x {size} x {size}", channels, channels, size, ConvolutionWindow.Square(kernel, stride, dilation), channels);
        foreach (var (channels, size) in new[] { (8, 28), (16, 28), (16, 14), (32, 14), (32, 7), (64, 7) })
            foreach (var kernel in new[] { 1, 3 }) Measure($"{kernel}x{kernel}, {channels} x {size} x {size}", channels, channels, size, ConvolutionWindow.Square(kernel), 1);

        void Measure(string name, int inputs, int outputs, int size, ConvolutionWindow window, int groups)
        {
            using var scope = NewDisposeScope();
            // As what follows a convolution gives it.
            var images = randn(batch, size, size, inputs).permute(0, 3, 1, 2).requires_grad_();
            var weight = randn(outputs, inputs / groups, window.Height, window.Width).requires_grad_();
            var forms = Enum.GetValues<ConvolutionForm>().Where(form => form != ConvolutionForm.Direct || groups > 1).ToArray();
            var times = forms.Select(static _ => new List<double>()).ToArray();
            for (var repeat = -1; repeat < repeats; repeat++)
            {
                for (var form = 0; form < forms.Length; form++)
                {
                    using var inner = NewDisposeScope();
                    var clock = Stopwatch.StartNew();
                    var output = Convolution.Apply(forms[form], images, weight, null, window, groups);
                    autograd.grad([output], [images, weight], [output.detach()]);
                    if (repeat >= 0) times[form].Add(clock.Elapsed.TotalMilliseconds);
                }
            }
            Console.WriteLine($"{name,-44}{string.Concat(times.Select(static time => $"{time.Order().ElementAt(time.Count / 2),13:0.00} ms"))}");
        }
    }
}
