using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas;

/// <summary>
/// Something of an architecture, beside the search's metric, of which less is better: its size, its speed. <see cref="Objectives"/> has
/// the usual ones; derive from this class for one of your own. Immutable.
/// </summary>
/// <remarks>
/// Every trial records its objectives, and <see cref="SearchResult.ParetoFront"/> holds the trials that none beats in all of them and the
/// metric. NSGA-II searches for that front; all other strategies for the best metric within the limits.
/// </remarks>
public abstract class Objective
{
    /// <summary>The objective's name, unique in a search.</summary>
    public abstract string Name { get; }

    /// <summary>The most that is allowed; an architecture that has more fails without being trained. Default null: no limit.</summary>
    public double? Limit { get; init; }

    /// <summary>Measures an architecture, before it is trained.</summary>
    public abstract double Measure(ObjectiveContext context);

    /// <summary>Whether a limit can be held against a cost that is known without making the network.</summary>
    internal virtual bool Allows(Cost cost) => true;
}
