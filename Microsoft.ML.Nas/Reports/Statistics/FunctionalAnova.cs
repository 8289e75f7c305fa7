namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>
/// How much of the difference between architectures each decision explains on its own: functional ANOVA on a random forest (Hutter, Hoos and
/// Leyton-Brown 2014). A tree gives a value to every combination of options, tried or not; a decision's main effect is the variance of the
/// mean value of its options, over the variance of all values.
/// </summary>
internal static class FunctionalAnova
{
    /// <param name="table">The trials: the options taken and the metric.</param>
    /// <param name="options">How the forest is grown; null for the defaults.</param>
    /// <param name="seed">The seed of the forest.</param>
    public static AnovaResult Run(CategoryTable table, ForestOptions? options = null, int seed = 1)
    {
        options ??= new();
        var random = new Random(seed);
        var effects = new double[table.Features];
        var means = table.Options.Select(static count => new double[count]).ToArray();
        var (predicted, votes, explaining) = (new double[table.Rows], new int[table.Rows], 0);
        for (var tree = 0; tree < options.Trees; tree++)
        {
            var rows = Enumerable.Range(0, table.Rows).ToArray();
            if (options.Bootstrap) rows = Array.ConvertAll(rows, _ => random.Next(table.Rows));
            var grown = new RegressionTree(table, rows, options, random);
            if (AddEffects(table, grown, effects, means)) explaining++;
            foreach (var row in Enumerable.Range(0, table.Rows).Except(rows))
                (predicted[row], votes[row]) = (predicted[row] + grown.Predict(table.Codes[row]), votes[row] + 1);
        }
        for (var feature = 0; feature < effects.Length; feature++)
        {
            effects[feature] /= Math.Max(1, explaining);
            for (var option = 0; option < means[feature].Length; option++) means[feature][option] /= options.Trees;
        }
        return new(effects, means, UnseenRSquared(table, predicted, votes));
    }

    /// <returns>Whether the tree tells anything apart.</returns>
    private static bool AddEffects(CategoryTable table, RegressionTree tree, double[] effects, double[][] means)
    {
        var (mean, square) = (0.0, 0.0);
        var allowed = table.Options.Select(static count => Enumerable.Repeat(true, count).ToArray()).ToArray();
        var marginals = table.Options.Select(static count => new double[count]).ToArray();
        tree.Leaves(allowed, value =>
        {
            var volume = 1.0;
            var shares = Array.ConvertAll(allowed, static options => options.Count(static one => one) / (double)options.Length);
            foreach (var share in shares) volume *= share;
            (mean, square) = (mean + volume * value, square + volume * value * value);
            for (var feature = 0; feature < shares.Length; feature++)
                for (var option = 0; option < allowed[feature].Length; option++)
                    if (allowed[feature][option]) marginals[feature][option] += value * volume / shares[feature];
        });
        for (var feature = 0; feature < means.Length; feature++)
            for (var option = 0; option < means[feature].Length; option++) means[feature][option] += marginals[feature][option];
        var variance = square - mean * mean;
        if (variance <= 1e-12 * Math.Max(1e-12, square)) return false;
        for (var feature = 0; feature < effects.Length; feature++)
            effects[feature] += marginals[feature].Average(marginal => (marginal - mean) * (marginal - mean)) / variance;
        return true;
    }

    /// <summary>The share of the variance that the forest explains in rows that the voting trees have not seen.</summary>
    private static double UnseenRSquared(CategoryTable table, double[] predicted, int[] votes)
    {
        var unseen = Enumerable.Range(0, table.Rows).Where(row => votes[row] > 0).ToArray();
        if (unseen.Length < 2) return double.NaN;
        var mean = unseen.Average(row => table.Values[row]);
        var total = unseen.Sum(row => (table.Values[row] - mean) * (table.Values[row] - mean));
        var error = unseen.Sum(row => Math.Pow(table.Values[row] - predicted[row] / votes[row], 2));
        return total > 0 ? 1 - error / total : double.NaN;
    }
}
