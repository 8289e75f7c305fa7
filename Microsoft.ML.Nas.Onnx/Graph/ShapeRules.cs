using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>The shapes that operators give, and the errors where inputs do not fit.</summary>
internal static class ShapeRules
{
    public static GraphShape Broadcast(NodeDraft node, GraphShape a, GraphShape b)
    {
        var shape = new Dimension[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= shape.Length; i++)
        {
            var left = i <= a.Rank ? a[^i] : 1;
            var right = i <= b.Rank ? b[^i] : 1;
            shape[^i] = Dimension.Broadcast(left, right) ?? throw node.Error(
                $"shapes {a} and {b} do not broadcast: {left} against {right} at dimension {i} from the right", "Make them equal, or one of them 1");
        }

        return GraphShape.Create(shape);
    }

    /// <summary>Checks that <paramref name="from"/> broadcasts to <paramref name="to"/> without changing it.</summary>
    public static void RequireBroadcastTo(NodeDraft node, GraphShape from, GraphShape to)
    {
        bool fits = from.Rank <= to.Rank;
        for (int i = 1; fits && i <= from.Rank; i++)
            fits = from[^i].Size == 1 || Dimension.Merge(from[^i], to[^i]) is not null;
        if (!fits)
            throw node.Error($"shape {from} does not broadcast to {to}", "Make its dimensions, from the right, equal or 1");
    }

    public static GraphShape MatMul(NodeDraft node, GraphShape a, GraphShape b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            throw node.Error("a scalar has no rows or columns", "Use Mul");
        var left = a.Rank == 1 ? [1, a[0]] : a;
        var right = b.Rank == 1 ? [b[0], 1] : b;
        if (Dimension.Merge(left[^1], right[^2]) is null)
            throw node.Error($"{left[^1]} columns on the left meet {right[^2]} rows on the right", "Make them equal, or transpose one side");

        var batch = Broadcast(node, [.. left.SkipLast(2)], [.. right.SkipLast(2)]);
        return [.. batch, .. a.Rank == 1 ? Array.Empty<Dimension>() : [left[^2]], .. b.Rank == 1 ? Array.Empty<Dimension>() : [right[^1]]];
    }

    public static GraphShape Concat(NodeDraft node, GraphShape a, GraphShape b, int axis)
    {
        if (a.Rank != b.Rank)
            throw node.Error($"shapes {a} and {b} have {a.Rank} and {b.Rank} dimensions", "Unsqueeze or Reshape to the same number");
        var shape = new Dimension[a.Rank];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = i == axis ? Sum(a[i], b[i]) : Dimension.Merge(a[i], b[i])
                ?? throw node.Error($"shapes {a} and {b} differ at dimension {i}: {a[i]} and {b[i]}", $"Only dimension {axis}, along which they are joined, may differ");
        }

        return GraphShape.Create(shape);

        static Dimension Sum(Dimension left, Dimension right) =>
            left.Size == 0 ? right
            : right.Size == 0 ? left
            : left.Size is { } x && right.Size is { } y ? x + y
            : Dimension.Unknown;
    }

    public static Dimension Slice(Dimension dimension, long start, long end, long step)
    {
        if (dimension.Size is not { } size)
            return start == 0 && end == long.MaxValue && step == 1 ? dimension : Dimension.Unknown;
        long first = step > 0 ? 0 : -1, last = step > 0 ? size : size - 1;
        long from = Math.Clamp(start < 0 ? start + size : start, Math.Min(Math.Max(first, 0), last), Math.Max(last, first));
        long to = Math.Clamp(end < 0 ? end + size : end, first, Math.Max(last, first));
        return Math.Max(0, step > 0 ? CeilingDivide(to - from, step) : CeilingDivide(from - to, -step));

        static long CeilingDivide(long value, long by) => value <= 0 ? 0 : (value - 1) / by + 1;
    }

    public static GraphShape Reduce(GraphShape shape, ReadOnlySpan<int> axes, bool keepDims)
    {
        var dimensions = new List<Dimension>();
        for (int i = 0; i < shape.Rank; i++)
        {
            if (!axes.Contains(i))
                dimensions.Add(shape[i]);
            else if (keepDims)
                dimensions.Add(1);
        }

        return [.. dimensions];
    }

    /// <summary>The elements of a shape tensor, unknown ones where the graph computes them from data.</summary>
    public static ImmutableArray<Dimension> ContentOf(NodeDraft node, GraphValue shape)
    {
        node.Accept(shape, TypeSet.Of(ElementType.Int64)).Rank(shape, 1);
        if (shape.Content is { } content)
            return content;
        if (shape.Shape[0].Size is not { } rank)
            throw node.Error($"the number of dimensions in {shape} is not known", "Compute the shape with a fixed number of elements");
        return [.. Enumerable.Repeat(Dimension.Unknown, (int)rank)];
    }
}
