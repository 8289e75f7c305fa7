using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;
using Microsoft.ML.Nas.Tests.Data.Images;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class ImageTests
{
    [TestMethod]
    public void Images_are_learned_exported_and_scored_as_trained()
    {
        foreach (var view in (TestView[])[ImageRows.Bytes(150), ImageRows.Floats(150)])
        {
            var ml = new MLContext(1);
            using var model = ml.Nas().SearchArchitecture(ImageRows.Options(static options => options.MaxTrainingEpochs = 25)).Fit(view);

            Assert.IsTrue(model.ParityReport!.Agrees);
            var metrics = ml.MulticlassClassification.Evaluate(model.Transform(view));
            Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        }
    }

    [TestMethod]
    public void A_saved_model_scores_the_same_in_pipelines_and_in_onnx_runtime()
    {
        using var folder = new TemporaryFolder();
        foreach (var view in (TestView[])[ImageRows.Bytes(), ImageRows.Floats(classes: 2)])
        {
            var ml = new MLContext(1);
            using var model = ml.Nas().SearchArchitecture(ImageRows.Options()).Fit(view);
            var file = folder.File("images.onnx");
            model.SaveOnnx(file);
            using var loaded = ml.Nas().LoadOnnx(file);

            var score = model.Transform(view).Schema.GetColumnOrNull("Probability") is null ? "Score" : "Probability";
            var expected = RawColumns.Values<float>(model.Transform(view), model.Transform(view).Schema[score]).ToArray();
            CollectionAssert.AreEqual(expected, RawColumns.Values<float>(loaded.Transform(view), loaded.Transform(view).Schema[score]).ToArray());

            using var session = new OnnxSession(file);
            Assert.AreEqual("[N, 1, 6, 6]", session.Inputs.Single().Shape!.ToString());
            var raw = Microsoft.ML.Nas.Data.RawRowsReader.Read(view, view.Plan(ImageRows.Options()), default);
            var direct = session.Run(raw.Tensors(raw.AllRows()))["Probability"].As<float>().Values.ToArray();
            for (var i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], direct[i], 1e-5);
        }
    }

    [TestMethod]
    public void One_image_at_a_time_is_scored_by_a_prediction_engine()
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        var photos = Enumerable.Range(0, 60).Select(row => new Photo { Label = row % 2 == 0, Pixels = [.. Enumerable.Range(0, 36).Select(place => (byte)(random.Next(100) + (place < 18 == (row % 2 == 0) ? 100 : 0)))] }).ToArray();
        var view = ml.Data.LoadFromEnumerable(photos);
        using var model = ml.Nas().SearchArchitecture(ImageRows.Options()).Fit(view);
        var expected = TransformTests.Column<float>(model.Transform(view), "Probability");
        using var engine = ml.Model.CreatePredictionEngine<Photo, Answer>(model);

        for (var i = 0; i < photos.Length; i++) Assert.AreEqual(expected[i], engine.Predict(photos[i]).Probability, 1e-6);
    }

    [TestMethod]
    public void Without_a_space_images_are_searched_in_NAS_Bench_201()
    {
        using var model = new MLContext(1).Nas().SearchArchitecture(ImageRows.Options(static options => (options.Space, options.MaxTrainingEpochs, options.ImageAugmentation) = (null, 1, null))).Fit(ImageRows.Bytes(60));
        Assert.AreEqual("nasbench201", model.Result!.Space.Name);
        Assert.IsTrue(model.ParityReport!.Agrees);
    }

    [TestMethod]
    public void The_schema_is_known_before_fitting()
    {
        var view = ImageRows.Bytes();
        var schema = new MLContext(1).Nas().SearchArchitecture(ImageRows.Options()).GetOutputSchema(SchemaShapes.Of(view.Schema));
        Assert.AreEqual(SchemaShape.Column.VectorKind.Vector, schema.Single(static column => column.Name == "Score").Kind);
    }

    [TestMethod]
    public void Images_of_another_size_than_in_training_are_refused()
    {
        using var model = new MLContext(1).Nas().SearchArchitecture(ImageRows.Options()).Fit(ImageRows.Bytes());
        var other = new TestView().Add("Image", new VectorDataViewType(NumberDataViewType.Byte, 1, 4, 9), new VBuffer<byte>[] { new(36, new byte[36]) });
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(other)).Message, "Vector<Byte, 1×4×9>; the model was trained with Vector<Byte, 1×6×6>");
    }

    private sealed class Photo
    {
        public bool Label { get; set; }

        [VectorType(6, 6)]
        public byte[] Pixels { get; set; } = [];
    }

    private sealed class Answer
    {
        public float Probability { get; set; }
    }
}
