using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Images;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Tests.Data.Images;

[TestClass]
public sealed class ImageEncoderTests
{
    private static IEnumerable<TestView> Views => [ImageRows.Bytes(), ImageRows.Floats()];

    [TestMethod]
    public void Training_scoring_and_onnx_see_the_same_pixels()
    {
        foreach (var view in Views)
        {
            var (raw, encoder) = Read(view);
            int[] rows = [5, 0, 88];
            using var trained = encoder.Encode(raw, rows);
            CollectionAssert.AreEqual(new long[] { 3, 1, ImageRows.Side, ImageRows.Side }, trained.shape);
            using var floats = trained.to_type(TorchSharp.torch.ScalarType.Float32);
            var expected = floats.data<float>().ToArray();

            CollectionAssert.AreEqual(expected, rows.SelectMany(row => Scored(encoder, view, row)).ToArray());
            CollectionAssert.AreEqual(expected, InOnnx(encoder, raw.Tensors(rows)));
        }
    }

    [TestMethod]
    public void Bytes_stay_bytes_in_memory()
    {
        var (raw, encoder) = Read(ImageRows.Bytes());
        using var trained = encoder.Encode(raw, raw.AllRows());
        Assert.AreEqual(TorchSharp.torch.ScalarType.Byte, trained.dtype);
    }

    [TestMethod]
    public void Means_and_deviations_are_those_of_the_training_rows()
    {
        var image = new VectorDataViewType(NumberDataViewType.Byte, 2, 1, 2);
        var view = new TestView().Add("Image", image, new VBuffer<byte>[] { new(4, [0, 2, 7, 7]), new(4, [4, 6, 7, 7]), new(4, [100, 100, 100, 100]), new(4, [9, 9, 9, 9]) }).Boolean("Label", true, false, true, false);
        var raw = RawRowsReader.Read(view, view.Plan(ImageRows.Options(options => options.Space = ImageRows.Space(new(2, 1, 2)))), default);

        var shape = ((ImageEncoder)raw.FitEncoder([0, 1])).Shape;

        CollectionAssert.AreEqual(new[] { 3f, 7f }, shape.Means.ToArray());
        Assert.AreEqual(Math.Sqrt(5), shape.Deviations[0], 1e-6);
        Assert.AreEqual(1f, shape.Deviations[1], "A constant channel has no scale of its own.");
    }

    [TestMethod]
    public void Sparse_and_missing_pixels_are_scored()
    {
        var (_, encoder) = Read(ImageRows.Floats());
        var type = new VectorDataViewType(NumberDataViewType.Single, ImageRows.Side, ImageRows.Side);
        var sparse = new VBuffer<float>(36, 2, [4f, float.NaN], [1, 35]);
        var scored = Scored(encoder, new TestView().Add("Image", type, new[] { sparse }), 0);

        Assert.AreEqual(4f, scored[1]);
        Assert.AreEqual(((ImageEncoder)encoder).Shape.Means[0], scored[35], "A missing pixel is its channel's mean.");
        Assert.AreEqual(0f, scored[7]);
        var raw = Enumerable.Repeat(0f, 36).ToArray();
        (raw[1], raw[35]) = (4f, float.NaN);
        CollectionAssert.AreEqual(scored, InOnnx(encoder, new Dictionary<string, OnnxTensor> { ["Image"] = OnnxTensor.Create(raw, 1, 1, 6, 6) }));
    }

    [TestMethod]
    public void An_infinite_pixel_in_training_is_refused_with_its_row()
    {
        var view = new TestView().Add("Image", new VectorDataViewType(NumberDataViewType.Single, 1, 2), new VBuffer<float>[] { new(2, [0, 1]), new(2, [0, float.PositiveInfinity]) }).Boolean("Label", true, false);
        var problem = Assert.ThrowsExactly<TrainingDataException>(() => RawRowsReader.Read(view, view.Plan(ImageRows.Options(options => options.Space = ImageRows.Space(new(1, 1, 2)))), default));
        StringAssert.Contains(problem.Message, "row 1");
    }

    private static (RawRows Raw, InputEncoder Encoder) Read(TestView view)
    {
        var raw = RawRowsReader.Read(view, view.Plan(ImageRows.Options()), default);
        return (raw, raw.FitEncoder(raw.AllRows()));
    }

    private static float[] Scored(InputEncoder encoder, TestView view, int row)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var rows = encoder.CreateRowEncoder(cursor);
        for (var i = 0; i <= row; i++) cursor.MoveNext();
        var encoded = new float[36];
        rows.Encode(encoded);
        return encoded;
    }

    private static float[] InOnnx(InputEncoder encoder, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        var graph = new GraphBuilder();
        graph.Output("encoded", encoder.Emit(graph));
        using var session = new OnnxSession(graph.Build());
        return session.Run(inputs)["encoded"].As<float>().Values.ToArray();
    }
}
