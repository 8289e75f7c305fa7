using Microsoft.ML;
using Microsoft.ML.Data;

/// <summary>One image with the name of what it shows.</summary>
internal sealed class LabeledImage
{
    public required byte[] Image { get; init; }

    public required string Name { get; init; }
}

/// <summary>Images and labels from a pair of idx files.</summary>
internal sealed class LabeledImages
{
    public const string FashionFolder = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] Fashion = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    private LabeledImages(LabeledImage[] rows, int height, int width) => (Rows, Height, Width) = (rows, height, width);

    public LabeledImage[] Rows { get; }

    public int Height { get; }

    public int Width { get; }

    /// <param name="folder">Where the files are; null for Debian's Fashion-MNIST.</param>
    /// <param name="part"><c>train</c> or <c>t10k</c>.</param>
    /// <param name="limit">At most so many images, the first of the file.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or images and labels do not belong together.</exception>
    public static LabeledImages Read(string? folder, string part, int limit = int.MaxValue)
    {
        var (from, names) = (folder ?? FashionFolder, folder is null ? Fashion : null);
        var images = IdxFile.Read(from, $"{part}-images-idx3-ubyte");
        var labels = IdxFile.Read(from, $"{part}-labels-idx1-ubyte");
        if (images.Dimensions is not [var count, var height, var width] || labels.Dimensions is not [var labelled] || labelled != count)
            throw new InvalidDataException($"{from} holds {part} images of sizes [{string.Join(", ", images.Dimensions)}] with labels of sizes [{string.Join(", ", labels.Dimensions)}]; they do not belong together.");
        var size = height * width;
        var rows = Enumerable.Range(0, Math.Min(count, limit)).Select(row => new LabeledImage
        {
            Image = images.Values[(row * size)..((row + 1) * size)],
            Name = names?[labels.Values[row]] ?? $"{labels.Values[row]}",
        });
        return new([.. rows], height, width);
    }

    /// <summary>The images as a data view: a vector column with the dimensions <c>[height, width]</c> is an image of one channel.</summary>
    public IDataView ToDataView(MLContext ml)
    {
        var schema = SchemaDefinition.Create(typeof(LabeledImage));
        schema[nameof(LabeledImage.Image)].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, Height, Width);
        return ml.Data.LoadFromEnumerable(Rows, schema);
    }
}
