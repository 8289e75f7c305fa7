namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>Where studies are kept. Members may be called from several threads.</summary>
internal interface IStudyStorage : IDisposable
{
    /// <summary>The file, or the database without its password.</summary>
    string Location { get; }

    /// <summary>Whether several processes may work on the study at the same time.</summary>
    bool IsShared { get; }

    /// <summary>What searches save on their way.</summary>
    ICheckpoints Checkpoints { get; }

    /// <summary>The study's description; null where nothing was recorded yet.</summary>
    string? Description { get; }

    /// <summary>Records a description, unless there is one.</summary>
    /// <returns>The one that is there now.</returns>
    string Describe(string description);

    /// <summary>Records that this process begins to work on the study; claims are its own from then on.</summary>
    /// <param name="description">The machine, the libraries and the budget.</param>
    void BeginRun(string description);

    /// <summary>The processes that worked on the study, in the order in which they began.</summary>
    IReadOnlyList<RunRecord> Runs();

    /// <summary>Records how far the study's clock has come, in seconds.</summary>
    void Spend(double seconds);

    /// <summary>A value that is recorded once: what is there already wins.</summary>
    string Fact(string name, Func<string> measure);

    /// <summary>All values that were recorded once.</summary>
    IReadOnlyDictionary<string, string> Facts();

    /// <summary>All trials of a series by number, running ones too.</summary>
    IReadOnlyList<TrialRecord> Trials(string series);

    /// <summary>Claims a trial that does not exist, was given up, or whose worker died.</summary>
    /// <param name="series">The series.</param>
    /// <param name="job">The trial to be.</param>
    /// <param name="existing">The trial as it is recorded where the claim fails.</param>
    bool TryClaim(string series, in TrialJob job, out TrialRecord? existing);

    /// <summary>Records an epoch of a running trial.</summary>
    void Report(string series, int number, CurvePoint epoch);

    /// <summary>Records the end of a trial, unless it has ended.</summary>
    /// <param name="series">The series.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="durably">Whether it is to outlive the machine too, and not only the process: that waits for the disk.</param>
    /// <returns>Whether it had not.</returns>
    bool End(string series, TrialRecord trial, bool durably = false);

    /// <summary>Gives up a trial that this process claimed.</summary>
    void Abandon(string series, int number);

    /// <summary>Records what the search came to; replaces an earlier outcome.</summary>
    void Conclude(string outcome);

    /// <summary>What the search came to; null where it did not end.</summary>
    string? Outcome { get; }
}
