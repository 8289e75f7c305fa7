using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A regression tree, grown leaf by leaf: the split that lowers the squared error most comes first.</summary>
internal sealed class RegressionTree
{
    private readonly List<Node> _nodes = [];

    public double Score(float[] row)
    {
        var node = _nodes[0];
        while (node.Feature >= 0)
            node = _nodes[row[node.Feature] <= node.Threshold ? node.Left : node.Right];
        return node.Value;
    }

    /// <returns>Null where no split lowers the error.</returns>
    public static RegressionTree Grow(float[][] rows, double[] targets, float[] weights, int leaves, int minimumExamples, double shrinkage)
    {
        var tree = new RegressionTree();
        var open = new List<(int Node, int[] Rows, Split Split)>();
        Add(tree, Enumerable.Range(0, rows.Length).ToArray());
        for (var count = 1; count < leaves; count++)
        {
            var best = -1;
            for (var i = 0; i < open.Count; i++)
                if (open[i].Split is not null && (best < 0 || open[i].Split.Gain > open[best].Split.Gain))
                    best = i;
            if (best < 0)
                break;
            var (node, members, split) = open[best];
            open.RemoveAt(best);
            var left = Add(tree, members.Where(row => rows[row][split.Feature] <= split.Threshold).ToArray());
            var right = Add(tree, members.Where(row => rows[row][split.Feature] > split.Threshold).ToArray());
            tree._nodes[node] = new(split.Feature, split.Threshold, left, right, 0);
        }

        return tree._nodes.Count > 1 ? tree : null;

        int Add(RegressionTree to, int[] members)
        {
            var (sum, weight) = (members.Sum(row => weights[row] * targets[row]), members.Sum(row => (double)weights[row]));
            to._nodes.Add(new(-1, 0, 0, 0, weight > 0 ? shrinkage * sum / weight : 0));
            open.Add((to._nodes.Count - 1, members, BestSplit(rows, targets, weights, members, minimumExamples)));
            return to._nodes.Count - 1;
        }
    }

    private static Split BestSplit(float[][] rows, double[] targets, float[] weights, int[] members, int minimumExamples)
    {
        Split best = null;
        if (members.Length < 2 * minimumExamples)
            return null;
        var (total, totalWeight) = (members.Sum(row => weights[row] * targets[row]), members.Sum(row => (double)weights[row]));
        var keys = new float[members.Length];
        for (var feature = 0; feature < rows[0].Length; feature++)
        {
            var order = (int[])members.Clone();
            for (var i = 0; i < order.Length; i++)
                keys[i] = rows[order[i]][feature];
            Array.Sort(keys, order);
            var (sum, weight) = (0.0, 0.0);
            for (var i = 0; i < order.Length - 1; i++)
            {
                sum += weights[order[i]] * targets[order[i]];
                weight += weights[order[i]];
                if (keys[i] == keys[i + 1] || i + 1 < minimumExamples || order.Length - i - 1 < minimumExamples || weight <= 0 || totalWeight <= weight)
                    continue;
                var gain = sum * sum / weight + (total - sum) * (total - sum) / (totalWeight - weight) - total * total / totalWeight;
                if (gain > 1e-12 && (best is null || gain > best.Gain))
                    best = new(feature, (keys[i] + keys[i + 1]) / 2, gain);
            }
        }

        return best;
    }

    private sealed record Split(int Feature, float Threshold, double Gain);

    private sealed record Node(int Feature, float Threshold, int Left, int Right, double Value);
}
