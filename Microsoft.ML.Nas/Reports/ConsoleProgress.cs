using System.Text;
using Microsoft.ML.Nas.Reports;

namespace Microsoft.ML.Nas;

/// <summary>
/// Shows a search on a console: on a terminal one line with a bar, the best metric so far, the trials done and the time left; where output
/// goes to a file or another program, a plain line for every trial and every phase.
/// </summary>
/// <remarks>Give it as <see cref="SearchOptions.Progress"/>, and dispose it when the search has ended. In services use <c>MLContext.Log</c> instead.</remarks>
public sealed class ConsoleProgress : IProgress<SearchProgress>, IDisposable
{
    private const int BarWidth = 24;

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly Func<int>? _terminalWidth;
    private SearchPhase? _phase;
    private TimeSpan _phaseBegan;
    private bool _lineIsOpen;

    /// <summary>Writes to the console, with a bar unless its output is redirected.</summary>
    public ConsoleProgress() : this(Console.Out, Console.IsOutputRedirected ? null : static () => Console.WindowWidth)
    {
    }

    /// <param name="output">Where to write.</param>
    /// <param name="terminalWidth">The number of columns of the terminal; null for plain lines.</param>
    internal ConsoleProgress(TextWriter output, Func<int>? terminalWidth) => (_output, _terminalWidth) = (output, terminalWidth);

    /// <inheritdoc/>
    public void Report(SearchProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            var begins = _phase != value.Phase;
            if (begins) (_phase, _phaseBegan) = (value.Phase, value.Elapsed);
            if (_terminalWidth is null) WriteLine(value, begins);
            else Redraw(value, begins);
        }
    }

    /// <summary>Ends the line that the bar is on.</summary>
    public void Dispose()
    {
        lock (_lock) EndLine();
    }

    /// <summary>Epochs of the final training pass by without a line each.</summary>
    private void WriteLine(SearchProgress value, bool begins)
    {
        if (begins || value.Phase != SearchPhase.Training) _output.WriteLine($"{value.Elapsed.TotalSeconds,7:0.0} s  {OneLine(value.Message)}");
    }

    private void Redraw(SearchProgress value, bool begins)
    {
        // A phase that has ended stays in sight.
        if (begins) EndLine();
        var line = Line(value);
        var width = Math.Max(20, _terminalWidth!() - 1);
        _output.Write($"\r{Figures.Cut(line, width).PadRight(width)}");
        _output.Flush();
        _lineIsOpen = true;
        if (value is { Phase: SearchPhase.Exporting, Fraction: >= 1 }) EndLine();
    }

    private string Line(SearchProgress value)
    {
        var name = value.Phase switch { SearchPhase.Searching => "Searching", SearchPhase.Training => "Training ", _ => "Exporting" };
        var fraction = Math.Clamp(value.Fraction, 0, 1);
        var filled = (int)Math.Round(fraction * BarWidth);
        var line = new StringBuilder($"{name} [{new string('#', filled)}{new string('.', BarWidth - filled)}] {fraction,4:0%}");
        if (value.BestMetric is { } best) line.Append($"  best {Figures.Metric(best)}");
        if (value.Phase == SearchPhase.Searching)
        {
            line.Append($"  {value.Trials} {(value.Trials == 1 ? "trial" : "trials")}");
            if (value.SupernetEpochs > 0) line.Append($", {value.SupernetEpochs} supernet epochs");
        }
        if (TimeLeft(value, fraction) is { } left) line.Append($"  {Figures.Seconds(left.TotalSeconds)} left");
        return line.ToString();
    }

    /// <summary>What the phase still takes at the pace so far; null while there is none.</summary>
    private TimeSpan? TimeLeft(SearchProgress value, double fraction)
    {
        var spent = value.Elapsed - _phaseBegan;
        return fraction is >= 0.02 and < 1 && spent > TimeSpan.FromSeconds(1) ? spent * ((1 - fraction) / fraction) : null;
    }

    private void EndLine()
    {
        if (_lineIsOpen) _output.WriteLine();
        _lineIsOpen = false;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
