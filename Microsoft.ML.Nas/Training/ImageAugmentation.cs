using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas;

/// <summary>
/// How training images are varied at random, anew in every batch; images that are ranked or scored never are. What comes from outside an
/// image, and what is cut out, has the raw value 0.
/// </summary>
public sealed record ImageAugmentation
{
    private const int CropShare = 16;

    /// <summary>
    /// How far an image may be moved in each direction, in pixels: a random crop of the image padded by so many. 0 for none. Default null:
    /// a sixteenth of the smaller side, rounded (2 of 28).
    /// </summary>
    public int? CropPadding { get; init; }

    /// <summary>Whether every second image is mirrored, left to right. Default false, for digits and letters mean something else then.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>The side of a square that is cut out around a random pixel (DeVries 2017), in pixels. Default 0: none.</summary>
    public int CutoutSize { get; init; }

    /// <summary>Images stay as they are.</summary>
    public static ImageAugmentation None { get; } = new() { CropPadding = 0 };

    /// <summary>Varies images, drawing from the default random generator.</summary>
    /// <param name="images"><c>[batch, channels, height, width]</c>, of any type.</param>
    /// <returns>New images in the current dispose scope, or the given ones where nothing varies.</returns>
    internal Tensor Apply(Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var padding = CropPadding ?? (Math.Min(height, width) + CropShare / 2) / CropShare;
        if (padding > 0 || HorizontalFlip) images = Move(images, padding);
        return CutoutSize > 0 ? CutOut(images) : images;
    }

    private Tensor Move(Tensor images, long padding)
    {
        var (batch, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var rows = Positions(batch, height, padding, images.device);
        var columns = Positions(batch, width, padding, images.device);
        if (HorizontalFlip)
        {
            var isFlipped = randint(0, 2, OnePer(batch), dtype: ScalarType.Bool, device: images.device);
            columns = where(isFlipped, columns.flip(1), columns);
        }
        var padded = padding > 0 ? functional.pad(images, [padding, padding, padding, padding]) : images;
        var moved = padded.gather(2, rows.view(batch, 1, height, 1).expand(batch, channels, height, padded.shape[3]));
        return moved.gather(3, columns.view(batch, 1, 1, width).expand(batch, channels, height, width));
    }

    /// <summary>For each image, the places in the padded image that its pixels come from along one axis, <c>[batch, size]</c>.</summary>
    private static Tensor Positions(long batch, long size, long padding, Device device)
    {
        var places = Scalars.Range(0, size, ScalarType.Int64, device).unsqueeze(0);
        return padding > 0 ? Scalars.Sum(places, randint(0, 2 * padding + 1, OnePer(batch), dtype: ScalarType.Int64, device: device)) : places.expand(batch, size);
    }

    private static long[] OnePer(long batch) => [batch, 1];

    private Tensor CutOut(Tensor images)
    {
        var (batch, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        var isCut = Within(batch, height, images.device).unsqueeze(2).logical_and(Within(batch, width, images.device).unsqueeze(1));
        return images.masked_fill(isCut.unsqueeze(1), Scalars.Zero);
    }

    /// <summary>Whether a place along one axis lies in the image's cut, <c>[batch, size]</c>.</summary>
    private Tensor Within(long batch, long size, Device device)
    {
        var start = randint(0, size, OnePer(batch), dtype: ScalarType.Int64, device: device) - Scalars.Held(CutoutSize / 2);
        var places = Scalars.Range(0, size, ScalarType.Int64, device).unsqueeze(0);
        return places.ge(start).logical_and(places.lt(Scalars.Sum(start, Scalars.Held(CutoutSize))));
    }
}
