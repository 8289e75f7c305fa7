using Microsoft.ML.Nas;
using Spectre.Console;

/// <summary>Shows a search as it goes: a bar on a terminal, lines where output goes to a file.</summary>
internal sealed class SearchDisplay : IProgress<SearchProgress>
{
    private ProgressTask? _search;
    private ProgressTask? _training;

    public static T Run<T>(Func<IProgress<SearchProgress>, T> work)
    {
        var display = new SearchDisplay();
        if (Console.IsOutputRedirected) return work(display);
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars =>
            {
                display._search = bars.AddTask("searching", maxValue: 1);
                display._training = bars.AddTask("training", maxValue: 1);
                return work(display);
            });
    }

    public void Report(SearchProgress value)
    {
        if (_search is null || _training is null)
        {
            if (value.Phase != SearchPhase.Training) Console.WriteLine($"{value.Elapsed.TotalSeconds,6:0.0} s  {value.Message}");
            return;
        }
        var best = value.BestMetric is { } metric ? $", best {metric:0.0000}" : "";
        _search.Description = $"searching: {value.SupernetEpochs} supernet epochs, {value.Trials} trials{best}";
        _search.Value = value.Phase == SearchPhase.Searching ? value.Fraction : 1;
        _training.Value = value.Phase switch { SearchPhase.Searching => 0, SearchPhase.Training => value.Fraction, _ => 1 };
    }
}
