using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class LoadOnnxTests
{
    [TestMethod]
    public void A_model_read_back_scores_as_before()
    {
        foreach (var view in TestRows.All(200))
        {
            using var model = TestModels.Create(view, TestRows.Options);

            using var loaded = Reload(model);

            var (expected, actual) = (model.Transform(view), loaded.Transform(view));
            foreach (var column in expected.Schema.Skip(view.Schema.Count))
            {
                Assert.AreEqual(column.Type, actual.Schema[column.Name].Type);
                if (column.Type.RawType == typeof(float))
                    CollectionAssert.AreEqual(TransformTests.Column<float>(expected, column.Name), TransformTests.Column<float>(actual, column.Name));
            }
            Assert.AreEqual(KeyValuesOf(expected), KeyValuesOf(actual));
            Assert.IsNull(loaded.Result);
        }
    }

    [TestMethod]
    public void Every_type_of_column_survives()
    {
        var training = RandomTables.Create(150, new(4), wild: false);
        using var model = TestModels.Create(training);
        using var loaded = Reload(model);
        var wild = RandomTables.Create(300, new(5), wild: true);

        CollectionAssert.AreEqual(TransformTests.Column<float>(model.Transform(wild), "Score"), TransformTests.Column<float>(loaded.Transform(wild), "Score"));
    }

    [TestMethod]
    public void Numeric_key_values_survive()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(NumberDataViewType.Single, 3), (ref VBuffer<float> values) => values = new(3, [0.1f, float.NaN, 1e-30f]));
        var view = new TestView().Add("Label", new KeyDataViewType(typeof(uint), 3), new uint[] { 1, 2, 3, 1, 2, 3 }, annotations.ToAnnotations()).Single("x", 1, 2, 3, 4, 5, 6);
        using var model = TestModels.Create(view);

        using var loaded = Reload(model);

        VBuffer<float> read = default;
        loaded.GetOutputSchema(view.Schema)["PredictedLabel"].GetKeyValues(ref read);
        CollectionAssert.AreEqual(new[] { 0.1f, float.NaN, 1e-30f }, read.DenseValues().ToArray());
    }

    [TestMethod]
    public void A_file_of_another_origin_is_refused()
    {
        var graph = new GraphBuilder();
        graph.Output("y", graph.Relu(graph.Input("x", ElementType.Float, "N", 2)));

        var error = WithFile(graph.Build().Save, static path => Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Nas().LoadOnnx(path)));

        StringAssert.Contains(error.Message, "SaveOnnx");
    }

    private static ArchitectureTransformer Reload(ArchitectureTransformer model) => WithFile(model.SaveOnnx, static path => new MLContext().Nas().LoadOnnx(path, threads: 1));

    private static T WithFile<T>(Action<string> write, Func<string, T> read)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            write(path);
            return read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string KeyValuesOf(IDataView view)
    {
        if (view.Schema.GetColumnOrNull("PredictedLabel") is not { } column || !column.HasKeyValues()) return "";
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return string.Join(',', values.DenseValues());
    }
}
