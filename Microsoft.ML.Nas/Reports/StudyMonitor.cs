using Microsoft.ML.Nas.Reports;

namespace Microsoft.ML.Nas;

/// <summary>
/// Follows a study that this or other processes work on, and writes a page that shows how far it is and asks for itself again every two
/// seconds. <see cref="NasCatalog.Watch"/> makes one; a web server of your choice serves the page, as samples/WatchSearch does with Kestrel.
/// </summary>
public sealed class StudyMonitor
{
    private readonly string _study;

    internal StudyMonitor(string study)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        _study = study;
    }

    /// <summary>Reads the study and writes the page, HTML in UTF-8. The stream stays open. Whoever works on the study is not disturbed.</summary>
    /// <exception cref="StudyException">There is no such study, or it cannot be read.</exception>
    /// <exception cref="ArgumentException">The address cannot be read.</exception>
    public void WritePage(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReportPage.WriteLive(stream, StudyContent.Of(StudyRecord.Read(_study)));
    }
}
