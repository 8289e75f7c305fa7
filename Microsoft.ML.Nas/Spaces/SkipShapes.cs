namespace Microsoft.ML.Nas.Spaces;

/// <summary>How outputs of layers are joined where images may differ in size.</summary>
internal static class SkipShapes
{
    /// <summary>All channels, on images as large as the largest.</summary>
    /// <exception cref="SearchSpaceException">They differ in more than channels and image size.</exception>
    public static Shape Joined(IReadOnlyList<Shape> shapes) => shapes.All(static shape => shape.Dimensions.Length == Shape.ImageRank)
        ? new(shapes.Sum(static shape => shape.Channels), shapes.Max(static shape => shape.Dimensions[1]), shapes.Max(static shape => shape.Dimensions[2]))
        : MergedShapes.Of(Merge.Concatenation, shapes, "A block of skip connections");

    /// <summary>The layers that feed no other.</summary>
    public static int[] Unread(int layers, Func<int, int, bool> feeds) =>
        [.. Enumerable.Range(0, layers).Where(layer => !Enumerable.Range(layer + 1, layers - layer - 1).Any(later => feeds(layer, later)))];
}
