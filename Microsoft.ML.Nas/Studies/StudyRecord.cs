using Microsoft.ML.Nas.Studies.Storage;

namespace Microsoft.ML.Nas;

/// <summary>What a study holds at a moment; a search may be working on it.</summary>
public sealed class StudyRecord
{
    private StudyRecord(IStudyStorage storage)
    {
        Location = storage.Location;
        Description = storage.Description;
        Outcome = storage.Outcome;
        Runs = storage.Runs();
        Trials = storage.Trials(SearchSeries);
        BaselineTrials = storage.Trials(BaselineSeries);
    }

    internal const string SearchSeries = "search";

    internal const string BaselineSeries = "baseline";

    /// <summary>The file, or the database without its password.</summary>
    public string Location { get; }

    /// <summary>What the search is about, as JSON: space, data, strategy, protocol and seed; null where none has begun.</summary>
    public string? Description { get; }

    /// <summary>The processes that worked on it, in the order in which they began.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>The trials by number, running ones too.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; }

    /// <summary>The trials of the random-search baseline, if one was asked for.</summary>
    public IReadOnlyList<TrialRecord> BaselineTrials { get; }

    /// <summary>The manifest of the search, as JSON; null while it has not ended.</summary>
    public string? Outcome { get; }

    /// <summary>Reads a study without disturbing who works on it.</summary>
    /// <param name="study">As in <see cref="SearchOptions.Study"/>.</param>
    /// <exception cref="StudyException">There is no such study, or it cannot be read.</exception>
    /// <exception cref="ArgumentException">The address cannot be read.</exception>
    public static StudyRecord Read(string study)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        using var storage = StudyStorage.OpenToRead(study);
        return new(storage);
    }
}
