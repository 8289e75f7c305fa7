using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class ParityCheckTests
{
    [TestMethod]
    public void Equal_answers_agree_and_raw_columns_of_every_type_are_fed()
    {
        var view = RandomTables.Create(100, new(6), wild: false);
        var table = view.Read();
        var (encoder, model) = Model(table);

        var report = ParityCheck.Run(Answers(encoder, table, offset: 0), model, table, table.AllRows(), scale: 10, threads: 1);

        Assert.AreEqual(100, report.Rows);
        Assert.IsLessThan(1e-5, report.LargestAbsolute!.Value.Absolute);
    }

    [TestMethod]
    public void A_model_that_answers_differently_is_refused()
    {
        var table = TestRows.Regression().Read(TestRows.Options);
        var (encoder, model) = Model(table);

        // The limit is 1e-4 of the label's standard deviation.
        ParityCheck.Run(Answers(encoder, table, offset: 0.0008f), model, table, table.AllRows(), scale: 10, threads: 1);
        var error = Assert.ThrowsExactly<ModelMismatchException>(() => ParityCheck.Run(Answers(encoder, table, offset: 0.0015f), model, table, table.AllRows(), scale: 10, threads: 1));

        StringAssert.Contains(error.Message, "'Score'");
    }

    private static (FeatureEncoder Encoder, OnnxModel Model) Model(RawTable table)
    {
        var encoder = table.FitEncoder();
        return (encoder, new ModelExporter(encoder, null, (graph, features) => TestModels.Network(graph, encoder, features)).Full(new()));
    }

    private static float[] Answers(FeatureEncoder encoder, RawTable table, float offset) =>
        [.. encoder.Encode(table, table.AllRows()).Chunk(encoder.Width).SelectMany(row => TestModels.Expected(encoder, row)).Select(answer => (float)answer + offset)];
}
