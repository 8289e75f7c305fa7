using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Studies;

/// <summary>
/// The record of a search while it runs. Searches are deterministic functions of their seed and their ended trials, so that a search is
/// resumed by running it again: what is recorded is taken from here instead of being trained.
/// </summary>
/// <remarks>
/// For every job the search asks <see cref="Recorded"/>, then <see cref="Claim"/>. Where the claim is refused, another process of the
/// same study runs that job: the search waits with <see cref="WaitForOthers"/> and asks both again, so that the trials of a worker that
/// died are taken over. Members may be called from several threads.
/// </remarks>
internal interface IStudy : IDisposable
{
    /// <summary>The search time that earlier runs of this study used.</summary>
    TimeSpan SpentBefore { get; }

    /// <summary>What a search saves on its way, by name.</summary>
    ICheckpoints Checkpoints { get; }

    /// <summary>The trial of a job that has ended; null where it has not.</summary>
    /// <exception cref="StudyException">The number belongs to another job: the search differs from the recorded one.</exception>
    Trial? Recorded(in TrialJob job);

    /// <summary>Whether a trial of a number has ended.</summary>
    bool HasEnded(int number);

    /// <summary>Claims a job for this process and records it as running.</summary>
    /// <returns>Whether this process is to run it; false where another process does.</returns>
    bool Claim(in TrialJob job);

    /// <summary>Records an epoch of a claimed job.</summary>
    void Reported(int number, int epoch, double metric, double loss);

    /// <summary>Records the end of a claimed job. When this returns, the trial survives the end of the process; the end of the machine too, where it took long.</summary>
    /// <returns>The trial that counts: another one where this process was taken for dead and its job was run elsewhere meanwhile.</returns>
    Trial Ended(Trial trial);

    /// <summary>Gives up a claimed job that did not end, because time ran out or the search was cancelled.</summary>
    void Abandoned(int number);

    /// <summary>Waits until another process may have got further; returns at once where there is none.</summary>
    void WaitForOthers(CancellationToken cancellation);

    /// <summary>A value that is measured once and kept for all later runs, such as how long trials train.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="measure">Gives the value where none is kept.</param>
    string Fact(string name, Func<string> measure);
}

/// <summary>What a trial is to do.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="Genotype">The architecture.</param>
/// <param name="Fidelity">The share of a full training, above 0 and at most 1.</param>
/// <param name="Continues">The trial that it goes on from; null where it starts from fresh weights.</param>
/// <param name="Origin">Where the architecture came from.</param>
internal readonly record struct TrialJob(int Number, Genotype Genotype, double Fidelity, int? Continues, string Origin);
