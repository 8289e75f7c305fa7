using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Spaces;

namespace Snippets;

#region own-evaluator
/// <summary>Ranks by a rule of thumb: few decisions that differ from the first option.</summary>
internal sealed class Plainness : Evaluator
{
    public override string Name => "plainness";

    // Whatever the search's metric is, more is better here.
    public override double RewardOf(double metric, Microsoft.ML.Nas.SearchMetric searchMetric) => metric;

    public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context) =>
        new(Metric: -architecture.Genotype.Indices.Count(option => option != 0));
}
#endregion
