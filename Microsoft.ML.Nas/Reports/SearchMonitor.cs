using Microsoft.ML.Nas.Reports;

namespace Microsoft.ML.Nas;

/// <summary>
/// Follows a search from within its process and writes a page that shows how far it is: a bar, the best so far, the trials and what they
/// cost. The page asks for itself again every two seconds. A web server of your choice serves it; samples/WatchSearch does with Kestrel.
/// </summary>
/// <remarks>Give it as <see cref="SearchOptions.Progress"/>. Reports and pages may come from different threads.</remarks>
/// <param name="next">Where reports are passed on to, such as a <see cref="ConsoleProgress"/>; null for nowhere.</param>
public sealed class SearchMonitor(IProgress<SearchProgress>? next = null) : IProgress<SearchProgress>
{
    private readonly Lock _lock = new();
    private readonly List<ReportTrial> _trials = [];
    private SearchProgress? _last;

    /// <inheritdoc/>
    public void Report(SearchProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            if (value.Trial is { } trial) _trials.Add(ReportTrial.Of(trial));
            _last = value;
        }
        next?.Report(value);
    }

    /// <summary>Writes the page, HTML in UTF-8, as the search stands now. The stream stays open.</summary>
    public void WritePage(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReportContent content;
        lock (_lock)
        {
            content = new()
            {
                Title = "Architecture search",
                Strategy = "The search",
                Metric = _last?.Metric ?? SearchMetric.Accuracy,
                Trials = [.. _trials],
                Progress = _last ?? new(SearchPhase.Searching, 0, TimeSpan.Zero, 0, 0, null, null, "Nothing was reported yet."),
            };
        }
        ReportPage.WriteLive(stream, content);
    }
}
