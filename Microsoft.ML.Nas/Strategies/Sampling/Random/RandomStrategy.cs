using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Random;

/// <summary>
/// Random search: architectures drawn uniformly, each trained on its own. The baseline that every strategy has to beat
/// (Li and Talwalkar 2019; Yu 2020).
/// </summary>
internal sealed class RandomStrategy : SearchStrategy
{
    private const int MaxDraws = 1000;

    public override string Name => "Random";

    internal override void Search(SearchContext context)
    {
        var random = new System.Random(Seeds.Derive(context.Seed, "random search"));
        while (!context.IsExhausted)
        {
            var genotype = context.Space.Sample(random);
            for (var draw = 0; draw < MaxDraws && !context.IsNew(genotype); draw++) genotype = context.Space.Sample(random);
            if (!context.IsNew(genotype) || context.Evaluate(genotype, "sample") is null) return;
        }
    }
}
