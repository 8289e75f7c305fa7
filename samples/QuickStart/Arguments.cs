using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public double Seconds { get; init; } = 60;

    public int? Trials { get; init; }

    public int? Epochs { get; init; }

    public int? Threads { get; init; }

    public int Seed { get; init; } = 1;

    public string Strategy { get; init; } = "darts";

    public string? Study { get; init; }

    public string? Manifest { get; init; }

    public static readonly string Usage = """
        usage: QuickStart [--seconds 60] [--strategy darts|reinforce|random] [--seed 1] [--threads N]
                          [--trials N] [--epochs N]     a search limited by counts: the same every time
                          [--study FILE]                recorded there: run again, it goes on where it stopped
                          [--manifest FILE]             where to write what samples/Reproduce needs; out/manifest.json where not said
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
                "--seconds" => result with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--trials" => result with { Trials = int.Parse(value, CultureInfo.InvariantCulture) },
                "--epochs" => result with { Epochs = int.Parse(value, CultureInfo.InvariantCulture) },
                "--threads" => result with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => result with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                "--study" => result with { Study = value },
                "--manifest" => result with { Manifest = value },
                "--strategy" when value is "darts" or "reinforce" or "random" => result with { Strategy = value },
                "--strategy" => throw new FormatException($"There is no strategy '{value}'; there are darts, reinforce and random."),
                _ => throw new FormatException($"'{args[i]}' is not an option."),
            };
        }
        return result;
    }
}
