namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>A regression tree over categories: every split divides a feature's options in two, as the squared error asks.</summary>
internal sealed class RegressionTree
{
    private readonly int _feature = -1;
    private readonly bool[]? _goesLeft;
    private readonly RegressionTree? _left;
    private readonly RegressionTree? _right;

    /// <param name="table">For each row the option of every feature, and the value to explain.</param>
    /// <param name="rows">The rows to grow on; some may stand there several times.</param>
    /// <param name="options">How the tree grows.</param>
    /// <param name="random">Draws the features that each split looks at.</param>
    public RegressionTree(CategoryTable table, ReadOnlySpan<int> rows, ForestOptions options, Random random)
    {
        foreach (var row in rows) Mean += table.Values[row] / rows.Length;
        if (rows.Length < 2 * options.LeastRowsPerLeaf) return;
        var features = Enumerable.Range(0, table.Features).ToArray();
        random.Shuffle(features);
        var best = 1e-12 * rows.Length;
        foreach (var feature in features.AsSpan(0, (int)Math.Ceiling(features.Length * options.FeatureShare)))
            if (Split(table, rows, feature, options.LeastRowsPerLeaf) is { } split && split.Gain > best) (best, _feature, _goesLeft) = (split.Gain, feature, split.GoesLeft);
        if (_goesLeft is null) return;
        var (left, right) = (new List<int>(), new List<int>());
        foreach (var row in rows) (_goesLeft[table.Codes[row][_feature]] ? left : right).Add(row);
        _left = new(table, left.ToArray(), options, random);
        _right = new(table, right.ToArray(), options, random);
    }

    /// <summary>The mean value of the rows that reach this node.</summary>
    private double Mean { get; }

    /// <summary>The mean of the leaf that a row reaches.</summary>
    public double Predict(int[] codes)
    {
        var node = this;
        while (node._goesLeft is { } goesLeft) node = goesLeft[codes[node._feature]] ? node._left! : node._right!;
        return node.Mean;
    }

    /// <summary>Visits every leaf with the options of every feature that lead there.</summary>
    /// <param name="allowed">All options of every feature; restored at the end.</param>
    /// <param name="visit">Is given the leaf's mean; <paramref name="allowed"/> holds its options then.</param>
    public void Leaves(bool[][] allowed, Action<double> visit)
    {
        if (_goesLeft is null)
        {
            visit(Mean);
            return;
        }
        var before = allowed[_feature];
        allowed[_feature] = [.. before.Zip(_goesLeft, static (one, left) => one && left)];
        if (Array.Exists(allowed[_feature], static one => one)) _left!.Leaves(allowed, visit);
        allowed[_feature] = [.. before.Zip(_goesLeft, static (one, left) => one && !left)];
        if (Array.Exists(allowed[_feature], static one => one)) _right!.Leaves(allowed, visit);
        allowed[_feature] = before;
    }

    /// <summary>The best division of a feature's options: for squared errors it is one of those in the order of the options' means (Breiman 1984).</summary>
    private static (double Gain, bool[] GoesLeft)? Split(CategoryTable table, ReadOnlySpan<int> rows, int feature, int leastRows)
    {
        var count = table.Options[feature];
        var (sums, counts) = (new double[count], new int[count]);
        var total = 0.0;
        foreach (var row in rows)
        {
            var code = table.Codes[row][feature];
            (sums[code], counts[code], total) = (sums[code] + table.Values[row], counts[code] + 1, total + table.Values[row]);
        }
        var order = Enumerable.Range(0, count).Where(code => counts[code] > 0).OrderBy(code => sums[code] / counts[code]).ToArray();
        var (gain, size) = (0.0, 0);
        var (sum, seen) = (0.0, 0);
        for (var i = 0; i + 1 < order.Length; i++)
        {
            (sum, seen) = (sum + sums[order[i]], seen + counts[order[i]]);
            if (seen < leastRows || rows.Length - seen < leastRows) continue;
            var candidate = sum * sum / seen + (total - sum) * (total - sum) / (rows.Length - seen) - total * total / rows.Length;
            if (candidate > gain) (gain, size) = (candidate, i + 1);
        }
        if (size == 0) return null;
        var goesLeft = new bool[count];
        foreach (var code in order.AsSpan(0, size)) goesLeft[code] = true;
        return (gain, goesLeft);
    }
}
