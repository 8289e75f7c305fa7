using System.Globalization;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Strategies;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public static readonly Dictionary<string, Func<SearchStrategy>> Strategies = new()
    {
        ["pcdarts"] = static () => SearchStrategies.PcDarts(),
        ["darts"] = static () => SearchStrategies.Darts(),
        ["gdas"] = static () => SearchStrategies.Gdas(),
        ["random"] = static () => SearchStrategies.Random(),
        ["zerocost"] = static () => SearchStrategies.ZeroCost(),
    };

    public string? Data { get; init; }

    public int Images { get; init; } = 10_000;

    public double Seconds { get; init; } = 280;

    public double TrainingSeconds { get; init; } = 280;

    public int? Trials { get; init; }

    public int? Epochs { get; init; }

    public int Channels { get; init; } = 8;

    public int Cells { get; init; } = 1;

    public int? Threads { get; init; }

    public int Seed { get; init; } = 1;

    public string Strategy { get; init; } = "pcdarts";

    public static readonly string Usage = """
        usage: ImageClassification [--data FOLDER]           idx files of MNIST's names, plain or .gz; default: Debian's Fashion-MNIST
                                   [--images 10000]          how many training images to use
                                   [--seconds 280] [--training-seconds 280]   limits of the search and of the final training
                                   [--strategy pcdarts|darts|gdas|random|zerocost] [--channels 8] [--cells 1] [--seed 1] [--threads N]
                                   [--trials N] [--epochs N] a search limited by counts: the same every time
        """;

    /// <exception cref="FormatException">An argument is not known or its value does not fit.</exception>
    public static Arguments Parse(string[] args)
    {
        var result = new Arguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"'{args[i]}' needs a value.");
            result = args[i] switch
            {
                "--data" => result with { Data = value },
                "--images" => result with { Images = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => result with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--training-seconds" => result with { TrainingSeconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--trials" => result with { Trials = int.Parse(value, CultureInfo.InvariantCulture) },
                "--epochs" => result with { Epochs = int.Parse(value, CultureInfo.InvariantCulture) },
                "--channels" => result with { Channels = int.Parse(value, CultureInfo.InvariantCulture) },
                "--cells" => result with { Cells = int.Parse(value, CultureInfo.InvariantCulture) },
                "--threads" => result with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => result with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                "--strategy" when Strategies.ContainsKey(value) => result with { Strategy = value },
                "--strategy" => throw new FormatException($"There is no strategy '{value}'; there are {string.Join(", ", Strategies.Keys)}."),
                _ => throw new FormatException($"'{args[i]}' is not an option."),
            };
        }
        return result;
    }
}
