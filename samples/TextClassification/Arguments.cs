using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    /// <summary>The folder that holds NasMl.sln; the current folder where the sample was copied out of the clone.</summary>
    public static readonly string TopOfTheClone = FindTop();

    public string Data { get; init; } = Path.Combine(TopOfTheClone, "..", "shared", "data", "text");

    public string Set { get; init; } = "fine-foods";

    public string Label { get; init; } = "Label";

    public string Text { get; init; } = "review";

    public double Seconds { get; init; } = 300;

    public double? TrainingSeconds { get; init; }

    public int? Trials { get; init; }

    public int? Threads { get; init; }

    public int Seed { get; init; } = 1;

    public static readonly string Usage = """
        usage: TextClassification [--data FOLDER] [--set NAME]   FOLDER holds NAME.train.csv and NAME.test.csv, with a header; default: fine-foods
                                  [--label COLUMN] [--text COLUMN]   the column of classes and that of texts (quoted where they hold commas)
                                  [--seconds 300] [--training-seconds 300]   limits of the search and of the final training
                                  [--trials N]                       a search limited by the number of architectures: the same every time
                                  [--seed 1] [--threads N]
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
                "--training-seconds" => result with { TrainingSeconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--trials" => result with { Trials = int.Parse(value, CultureInfo.InvariantCulture) },
                "--threads" => result with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => result with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new FormatException($"'{args[i]}' is not an option."),
            };
        }
        return result;
    }

    private static string FindTop()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "NasMl.sln"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
