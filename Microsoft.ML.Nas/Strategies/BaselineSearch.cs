using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Studies;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>A random search beside a search, with an equal budget and ranked alike: what any strategy has to beat.</summary>
internal static class BaselineSearch
{
    /// <summary>As many trials as the search made, and one for as many supernet epochs as a trial trains, though such an epoch costs more.</summary>
    public static int TrialsFor(int trials, int supernetEpochs, int epochsPerTrial) => trials + (supernetEpochs + epochsPerTrial - 1) / epochsPerTrial;

    public static BaselineResult Run(SearchProblem problem, SearchHistory history, SearchBudget budget, TrainFromScratch evaluator, IStudy study, Action<string> report)
    {
        var context = new SearchContext(history, budget, evaluator) { Problem = problem, Study = study, Reporting = (message, _) => report($"Baseline: {message}") };
        try
        {
            SearchStrategies.Random().Search(context);
        }
        catch (OperationCanceledException) when (budget.Cancellation.IsCancellationRequested)
        {
            // The trials so far are the baseline.
        }
        return new([.. context.Trials], context.Best, budget.Elapsed.TotalSeconds) { FirstTrial = evaluator.FirstTrial() };
    }
}
