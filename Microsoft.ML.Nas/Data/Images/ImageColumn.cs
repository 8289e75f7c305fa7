using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Data.Images;

/// <summary>What the dimensions of an image column mean.</summary>
internal static class ImageColumn
{
    /// <summary><c>[channels, height, width]</c>, or <c>[height, width]</c> of one channel.</summary>
    public static ImageSize SizeOf(FeatureColumn column) => column.Dimensions is [.. var outer, var height, var width]
        ? new(outer is [var channels] ? channels : 1, height, width)
        : throw new ArgumentException($"The column '{column.Name}' has the type {column.TypeName}, which is no image.", nameof(column));
}
