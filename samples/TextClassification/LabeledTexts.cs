using Microsoft.ML;
using Microsoft.ML.Data;

/// <summary>Reads texts with their classes.</summary>
internal static class LabeledTexts
{
    /// <summary>Loads a comma-separated file with a header.</summary>
    /// <exception cref="FormatException">The file or one of the columns is missing, or the file is empty.</exception>
    public static IDataView Load(MLContext ml, Arguments arguments, string part)
    {
        var path = Path.Combine(arguments.Data, $"{arguments.Set}.{part}.csv");
        if (!File.Exists(path)) throw new FormatException($"There is no file {Path.GetFullPath(path)}; name a folder of your own with --data, and what its files' names begin with with --set.");
        string[] header = [.. (File.ReadLines(path).FirstOrDefault() ?? throw new FormatException($"{path} is empty.")).Split(',').Select(static name => name.Trim('"'))];
        int IndexOf(string column) => Array.IndexOf(header, column) is >= 0 and var index
            ? index
            : throw new FormatException($"{path} has no column '{column}'; it has: {string.Join(", ", header)}. Name the columns with --label and --text.");
        return ml.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Columns = [new("Label", DataKind.String, IndexOf(arguments.Label)), new("Text", DataKind.String, IndexOf(arguments.Text))],
            Separators = [','], HasHeader = true, AllowQuoting = true, ReadMultilines = true,
        });
    }
}
