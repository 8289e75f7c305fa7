using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Training;

[TestClass]
public sealed class ImageAugmentationTests
{
    [TestMethod]
    public void Without_variation_images_stay_as_they_are()
    {
        using var images = Images();
        Assert.AreSame(images, ImageAugmentation.None.Apply(images));
    }

    [TestMethod]
    public void Every_image_is_a_crop_of_the_padded_image_or_of_its_mirror()
    {
        using var scope = NewDisposeScope();
        var images = Images();
        manual_seed(5);
        var moved = new ImageAugmentation { CropPadding = 2, HorizontalFlip = true }.Apply(images);

        Assert.AreEqual(images.dtype, moved.dtype);
        CollectionAssert.AreEqual(images.shape, moved.shape);
        var (seen, padded) = (new HashSet<(int, int, bool)>(), nn.functional.pad(images, [2, 2, 2, 2]));
        for (var image = 0; image < images.shape[0]; image++) seen.Add(Origin(padded[image], moved[image]));
        Assert.IsGreaterThan(20, seen.Count);
    }

    [TestMethod]
    public void A_square_of_each_image_is_cut_out()
    {
        using var scope = NewDisposeScope();
        var images = Images();
        var cut = new ImageAugmentation { CropPadding = 0, CutoutSize = 3 }.Apply(images);

        var missing = cut.eq(0).sum([1, 2, 3]).data<long>().ToArray();
        Assert.IsTrue(missing.All(static count => count is > 0 and <= 2 * 9 && count % 2 == 0), "Both channels lose the same part of a square.");
        Assert.IsTrue(cut.eq(images).logical_or(cut.eq(0)).all().item<bool>());
    }

    [TestMethod]
    public void The_same_seed_varies_images_the_same_way()
    {
        using var scope = NewDisposeScope();
        var images = Images();
        var augmentation = new ImageAugmentation { HorizontalFlip = true, CutoutSize = 2 };
        manual_seed(9);
        var first = augmentation.Apply(images);
        manual_seed(9);
        Assert.IsTrue(Same(first, augmentation.Apply(images)));
        Assert.IsFalse(Same(first, augmentation.Apply(images)));
    }

    /// <summary>Where a moved image comes from; fails where it comes from nowhere.</summary>
    private static (int Y, int X, bool IsFlipped) Origin(Tensor padded, Tensor moved)
    {
        for (var y = 0; y <= 4; y++)
            for (var x = 0; x <= 4; x++)
                foreach (var isFlipped in (ReadOnlySpan<bool>)[false, true])
                {
                    var crop = padded.narrow(1, y, moved.shape[1]).narrow(2, x, moved.shape[2]);
                    if (Same(isFlipped ? crop.flip(2) : crop, moved)) return (y, x, isFlipped);
                }
        throw new AssertFailedException("An image is no crop of what it came from.");
    }

    private static bool Same(Tensor left, Tensor right) => left.eq(right).all().item<bool>();

    private static Tensor Images() => randint(1, 256, [60, 2, 7, 9], dtype: ScalarType.Byte);
}
