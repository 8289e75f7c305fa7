namespace Microsoft.ML.Nas.Spaces;

/// <summary>The shape of outputs that become one.</summary>
internal static class MergedShapes
{
    /// <exception cref="SearchSpaceException">The outputs do not fit together.</exception>
    public static Shape Of(Merge merge, IReadOnlyList<Shape> outputs, string what)
    {
        foreach (var output in outputs)
        {
            if (merge == Merge.Sum ? output == outputs[0] : output.Dimensions.Length == outputs[0].Dimensions.Length && output.WithChannels(outputs[0].Channels) == outputs[0]) continue;
            throw new SearchSpaceException(merge == Merge.Sum
                ? $"{what} adds {outputs[0]} and {output}; both must be the same."
                : $"{what} joins {outputs[0]} and {output}; they may differ in their channels only.");
        }
        return merge == Merge.Sum ? outputs[0] : outputs[0].WithChannels(outputs.Sum(static output => output.Channels));
    }
}
