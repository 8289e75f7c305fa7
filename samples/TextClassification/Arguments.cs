using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public string Data { get; init; } = Path.Combine("..", "shared", "data", "text");

    public string Set { get; init; } = "fine-foods";

    public string Label { get; init; } = "Label";

    public string Text { get; init; } = "review";

    public double Seconds { get; init; } = 300;

    public int? Trials { get; init; }

    public int? Threads { get; init; }

    public int Seed { get; init; } = 1;

    public static readonly string Usage = """
        usage: TextClassification [--data FOLDER] [--set NAME] [--label COLUMN] [--text COLUMN] [--seconds 300] [--trials N] [--seed 1] [--threads N]
          FOLDER holds NAME.train.csv and NAME.test.csv with a header: a column of classes and a column of texts, quoted where they hold commas
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
                "--set" => result with { Set = value },
                "--label" => result with { Label = value },
                "--text" => result with { Text = value },
                "--seconds" => result with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--trials" => result with { Trials = int.Parse(value, CultureInfo.InvariantCulture) },
                "--threads" => result with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => result with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new FormatException($"'{args[i]}' is not an option."),
            };
        }
        return result;
    }
}
