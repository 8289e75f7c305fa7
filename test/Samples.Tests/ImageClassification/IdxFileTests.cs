using System.Buffers.Binary;
using System.IO.Compression;

namespace Samples.Tests.ImageClassification;

[TestClass]
public sealed class IdxFileTests
{
    private static readonly byte[] TwoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nasml-tests-");

    [TestCleanup]
    public void Clean() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void SizesAndValuesAreReadFromPlainAndPackedFiles(bool packed)
    {
        Write("values", TwoByThree, packed);
        var file = IdxFile.Read(_folder.FullName, "values");
        CollectionAssert.AreEqual(new[] { 2, 3 }, file.Dimensions);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 5, 255 }, file.Values);
    }

    [TestMethod]
    public void AMissingFileIsNamedWithItsFolder()
    {
        var problem = Assert.ThrowsExactly<FileNotFoundException>(() => IdxFile.Read(_folder.FullName, "values"));
        StringAssert.Contains(problem.Message, "values");
        StringAssert.Contains(problem.Message, _folder.FullName);
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 1)]
    [DataRow(2, 9)]
    [DataRow(2, 13)]
    [DataRow(3, 200)]
    [DataRow(4, 128)]
    [DataRow(7, 3)]
    public void AHeaderThatDoesNotFitIsRefused(int place, int value) =>
        AssertIsRefused([.. TwoByThree[..place], (byte)value, .. TwoByThree[(place + 1)..]], packed: false);

    [TestMethod]
    public void AFileCutAnywhereIsRefused()
    {
        for (var length = 0; length < TwoByThree.Length; length++) AssertIsRefused(TwoByThree[..length], packed: length % 2 == 0);
        AssertIsRefused([.. TwoByThree, 0], packed: false);
    }

    [TestMethod]
    public void APackedFileThatIsDamagedIsRefused()
    {
        Write("values", TwoByThree, packed: true);
        var packed = File.ReadAllBytes(Path.Combine(_folder.FullName, "values.gz"));
        for (var length = 0; length < packed.Length / 2; length++) AssertPackedIsRefused(packed[..length]);
        AssertPackedIsRefused(TwoByThree);
    }

    [TestMethod]
    public void ImagesAndLabelsThatDoNotBelongTogetherAreRefused()
    {
        Write("train-images-idx3-ubyte", Idx([2, 2, 2], new byte[8]), packed: false);
        foreach (var labels in new[] { Idx([3], [0, 1, 2]), Idx([2, 1], [0, 1]) })
        {
            Write("train-labels-idx1-ubyte", labels, packed: false);
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => LabeledImages.Read(_folder.FullName, "train")).Message, "[2, 2, 2]");
        }
        Write("train-labels-idx1-ubyte", Idx([2], [7, 5]), packed: false);
        var images = LabeledImages.Read(_folder.FullName, "train", limit: 1);
        Assert.AreEqual("7", images.Rows.Single().Name);
        Assert.AreEqual((2, 2), (images.Height, images.Width));
    }

    private void AssertIsRefused(byte[] bytes, bool packed)
    {
        Write("damaged", bytes, packed);
        AssertNamesTheFile();
        File.Delete(Path.Combine(_folder.FullName, packed ? "damaged.gz" : "damaged"));
    }

    private void AssertPackedIsRefused(byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "damaged.gz"), bytes);
        AssertNamesTheFile();
    }

    private void AssertNamesTheFile() =>
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => IdxFile.Read(_folder.FullName, "damaged")).Message, Path.Combine(_folder.FullName, "damaged"));

    private void Write(string name, byte[] bytes, bool packed)
    {
        var path = Path.Combine(_folder.FullName, packed ? $"{name}.gz" : name);
        using Stream file = File.Create(path);
        using var stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
    }

    private static byte[] Idx(int[] sizes, byte[] values)
    {
        var bytes = new byte[4 + 4 * sizes.Length + values.Length];
        (bytes[2], bytes[3]) = (8, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        values.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }
}
