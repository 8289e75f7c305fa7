namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="BenchmarkSearch"/>.</summary>
public sealed class BenchmarkSearchOptions
{
    /// <summary>The seed. Default 0.</summary>
    public int Seed { get; set; }

    /// <summary>The time the search may take, in the table's seconds: a trial that would end later is not begun. Default null: no limit.</summary>
    public double? MaxSimulatedSeconds { get; set; }

    /// <summary>The number of trials. Default null: no limit.</summary>
    public int? MaxTrials { get; set; }

    /// <summary>Whether an architecture may be tried at all, as a constraint on cost would say. Default null: all may.</summary>
    public Func<Spaces.Architecture, bool>? Allows { get; set; }

    /// <summary>What trials measure beside the metric: objectives of the table's costs. Default empty.</summary>
    public IReadOnlyList<Objective> Objectives { get; set; } = [];

    /// <summary>Ends the search early. Default none.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Where the search is recorded, so that it goes on where it stopped: see <see cref="SearchOptions.Study"/>. Default null: nothing is kept.</summary>
    public string? Study { get; set; }

    /// <summary>A record in place of one at the address; the caller disposes it.</summary>
    internal Studies.IStudy? Record { get; set; }
}
