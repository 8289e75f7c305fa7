namespace Microsoft.ML.Nas.Data;

/// <summary>Stratified, seeded splits into training and validation rows.</summary>
internal static class SplitPlanner
{
    /// <summary>
    /// Smaller tables are split several times: one small validation set ranks architectures by luck.
    /// Five times below 3,000 labels, three times below 10,000: one label a row, or many of tokens.
    /// </summary>
    private static readonly (int BelowLabels, int Repeats)[] Repeats = [(3_000, 5), (10_000, 3)];

    private const int RegressionStrata = 20;
    private const int LeastRowsPerStratum = 5;

    /// <summary>
    /// Splits rows: once, or several times with validation rows that overlap as little as the fraction allows. Images are split
    /// once: their networks train too long.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="validationFraction">The share of validation rows, between 0 and 1.</param>
    /// <param name="seed">Decides which rows.</param>
    public static IReadOnlyList<RowSplit> Split(RawRows table, double validationFraction, int seed)
    {
        var strata = Strata(table);
        var random = new Random(seed);
        foreach (var stratum in strata) random.Shuffle(stratum);
        var repeats = table.Plan.Kind == InputKind.Image ? 1 : RepeatsFor(table.Labels.Length);
        return [.. Enumerable.Range(0, repeats).Select(repeat => Split(strata, table.Rows, validationFraction, (double)repeat / repeats))];
    }

    /// <summary>The number of splits of rows with so many labels.</summary>
    public static int RepeatsFor(int labels) => Repeats.Where(rule => labels < rule.BelowLabels).Select(static rule => rule.Repeats).FirstOrDefault(1);

    /// <summary>Every stratum gives a window of its shuffled rows, which starts at the given share of it.</summary>
    private static RowSplit Split(int[][] strata, int rows, double fraction, double start)
    {
        var isValidation = new bool[rows];
        // What one stratum owes to rounding the next one pays, so that the whole keeps the fraction.
        var owed = 0.0;
        foreach (var stratum in strata)
        {
            owed += stratum.Length * fraction;
            // Each stratum keeps a row to train on; one of a single row is never validated on.
            var count = Math.Clamp((int)Math.Round(owed), stratum.Length > 1 && fraction > 0 ? 1 : 0, Math.Max(0, stratum.Length - 1));
            owed -= count;
            var first = (int)Math.Round(start * stratum.Length);
            for (var i = 0; i < count; i++) isValidation[stratum[(first + i) % stratum.Length]] = true;
        }
        var all = Enumerable.Range(0, rows);
        return new([.. all.Where(row => !isValidation[row])], [.. all.Where(row => isValidation[row])]);
    }

    /// <summary>Rows by class, or by quantile of a numeric label; texts by the rarest label of their tokens.</summary>
    private static int[][] Strata(RawRows table)
    {
        var rows = table.AllRows();
        if (table.Plan.Task == LearningTask.SequenceLabeling) return ByRarestLabel(table, rows);
        if (table.Plan.Task != LearningTask.Regression)
            return [.. rows.GroupBy(row => table.Labels[row]).OrderBy(static group => group.Key).Select(static group => group.ToArray())];
        Array.Sort((float[])table.Labels.Clone(), rows);
        return [.. rows.Chunk(Math.Max(LeastRowsPerStratum, (rows.Length + RegressionStrata - 1) / RegressionStrata))];
    }

    /// <summary>Texts without tokens, texts whose rarest label is too rare for a stratum of its own, and all others by their rarest label.</summary>
    private static int[][] ByRarestLabel(RawRows table, int[] rows)
    {
        const float NoToken = -2, TooRare = -1;
        var counts = rows.SelectMany(row => table.LabelsOf(row).ToArray().Distinct()).CountBy(static label => label).ToDictionary();
        var rarest = Array.ConvertAll(rows, row => table.LabelsOf(row).ToArray().DefaultIfEmpty(NoToken).MinBy(label => counts.GetValueOrDefault(label)));
        var sizes = rarest.CountBy(static label => label).ToDictionary();
        return [.. rows.GroupBy(row => rarest[row] != NoToken && sizes[rarest[row]] < LeastRowsPerStratum ? TooRare : rarest[row]).OrderBy(static group => group.Key).Select(static group => group.ToArray())];
    }
}
