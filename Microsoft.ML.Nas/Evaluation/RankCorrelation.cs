namespace Microsoft.ML.Nas.Evaluation;

/// <summary>How alike two rankings of the same things are, from -1 (reversed) to 1 (equal). NaN where one of them ranks nothing.</summary>
internal static class RankCorrelation
{
    /// <summary>Kendall's τ-b (Kendall 1945): ties in either ranking are accounted for.</summary>
    public static double Kendall(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        CheckLengths(first, second);
        long concordant = 0, tiedFirst = 0, tiedSecond = 0, pairs = (long)first.Length * (first.Length - 1) / 2;
        for (var i = 0; i < first.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (first[i].CompareTo(first[j]), second[i].CompareTo(second[j]));
                concordant += Math.Sign(a) * Math.Sign(b);
                if (a == 0) tiedFirst++;
                if (b == 0) tiedSecond++;
            }
        return concordant / Math.Sqrt((double)(pairs - tiedFirst) * (pairs - tiedSecond));
    }

    /// <summary>Spearman's ρ: the correlation of ranks, ties getting their mean rank.</summary>
    public static double Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        CheckLengths(first, second);
        var (a, b) = (Ranks(first), Ranks(second));
        var mean = (first.Length + 1) / 2.0;
        double product = 0, squareA = 0, squareB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - mean) * (b[i] - mean);
            squareA += (a[i] - mean) * (a[i] - mean);
            squareB += (b[i] - mean) * (b[i] - mean);
        }
        return product / Math.Sqrt(squareA * squareB);
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(values.ToArray(), order);
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]].Equals(values[order[start]])) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2.0;
            start = end;
        }
        return ranks;
    }

    private static void CheckLengths(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length) throw new ArgumentException($"Rankings of {first.Length} and {second.Length} things cannot be compared.", nameof(second));
    }
}
