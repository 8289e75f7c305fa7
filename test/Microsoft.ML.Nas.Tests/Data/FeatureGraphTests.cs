using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Tests.Data;

[TestClass]
public sealed class FeatureGraphTests
{
    [TestMethod]
    public void The_ONNX_graph_encodes_as_the_encoder_does_on_every_type_and_on_wild_values()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var training = RandomTables.Create(random.Next(20, 200), random, wild: false);
            var encoder = training.Read().FitEncoder();

            var wild = RandomTables.Create(200, random, wild: true);

            CollectionAssert.AreEqual(EncodeRows(encoder, wild), EncodeInOnnx(encoder, wild), $"Seed {seed}");
        }
    }

    [TestMethod]
    public void Rows_of_a_cursor_and_rows_of_a_table_are_encoded_alike()
    {
        var view = RandomTables.Create(300, new(1), wild: false);
        var table = view.Read();
        var encoder = table.FitEncoder();

        CollectionAssert.AreEqual(encoder.Encode(table, table.AllRows()), EncodeRows(encoder, view));
    }

    [TestMethod]
    public void Infinities_become_finite()
    {
        var encoder = RandomTables.Create(100, new(1), wild: false).Read().FitEncoder();

        Assert.IsTrue(EncodeRows(encoder, RandomTables.Create(300, new(2), wild: true)).All(float.IsFinite));
    }

    [TestMethod]
    public void Every_feature_column_is_an_input_of_its_own_type_and_size()
    {
        var training = RandomTables.Create(100, new(1), wild: false);
        var encoder = training.Read().FitEncoder();
        var graph = new GraphBuilder();
        graph.Output("features", FeatureGraph.Emit(graph, encoder));
        var model = graph.Build();

        CollectionAssert.AreEqual(encoder.Plan.Features.Select(static column => column.Name).ToArray(), model.Inputs.Select(static input => input.Name).ToArray());
        Assert.AreEqual(ElementType.String, model.Inputs.Single(static input => input.Name == "Text").ElementType);
        Assert.AreEqual(ElementType.UInt32, model.Inputs.Single(static input => input.Name == "KeyUInt32").ElementType);
        Assert.AreEqual("[N, 3]", $"{model.Inputs.Single(static input => input.Name == "Singles").Shape}");
        model.Check();
    }

    private static float[] EncodeRows(FeatureEncoder encoder, IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var rows = encoder.CreateRowEncoder(cursor);
        var encoded = new List<float>();
        var row = new float[encoder.Width];
        while (cursor.MoveNext())
        {
            rows.Encode(row);
            encoded.AddRange(row);
        }
        return [.. encoded];
    }

    private static float[] EncodeInOnnx(FeatureEncoder encoder, IDataView view)
    {
        var graph = new GraphBuilder();
        graph.Output("features", FeatureGraph.Emit(graph, encoder));
        using var session = new OnnxSession(graph.Build(), new() { IntraOpThreads = 1 });
        return session.Run(RawColumns.Of(view, encoder.Plan))["features"].As<float>().Values.ToArray();
    }
}
