namespace Microsoft.ML.Nas.Strategies;

/// <summary>A way to find a good architecture of a space. Create one with <see cref="SearchStrategies"/>.</summary>
public abstract class SearchStrategy
{
    private protected SearchStrategy() { }

    /// <summary>The strategy's name in results and reports.</summary>
    public abstract string Name { get; }

    /// <summary>Whether several processes may share a study's trials: those of a strategy that only proposes architectures.</summary>
    internal virtual bool CanShare => false;

    /// <summary>Searches until the budget is used up. The space's start architectures have been tried before.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the trials so far stand.</exception>
    internal abstract void Search(SearchContext context);
}
