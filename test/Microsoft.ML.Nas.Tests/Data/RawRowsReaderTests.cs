using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Tests.Data;

[TestClass]
public sealed class RawRowsReaderTests
{
    [TestMethod]
    public void Reads_every_supported_type()
    {
        var table = new TestView()
            .Boolean("Label", true, false, true, false)
            .Add("Short", NumberDataViewType.Int16, new short[] { -3, 2, 1, 0 })
            .Add("Long", NumberDataViewType.Int64, new[] { 1L << 40, -5, 0, 1 })
            .Add("Flags", new VectorDataViewType(BooleanDataViewType.Instance, 2), Vectors([true, false], [false, true], [true, true], [false, false]))
            .Add("Sparse", new VectorDataViewType(NumberDataViewType.Double, 3), new VBuffer<double>[] { new(3, 1, [2.5], [1]), new(3, 0, [], []), new(3, [1, 2, 3]), new(3, 0, [], []) })
            .Text("City", "Oslo", "", "Bern", "Oslo")
            .Key("Code", 9, [4, 0, 9, 4])
            .Read();

        CollectionAssert.AreEqual(new[] { -3.0, 2, 1, 0 }, Numbers(table, 0));
        CollectionAssert.AreEqual(new[] { (double)(1L << 40), -5, 0, 1 }, Numbers(table, 1));
        CollectionAssert.AreEqual(new[] { 1.0, 0, 1, 0 }, Numbers(table, 2));
        CollectionAssert.AreEqual(new[] { 0.0, 1, 1, 0 }, Numbers(table, 3));
        CollectionAssert.AreEqual(new[] { 2.5, 0, 2, 0 }, Numbers(table, 5));
        CollectionAssert.AreEqual(new[] { 1, 0, 2, 1 }, table.Categories[0].Codes.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 0, 2, 1 }, table.Categories[1].Codes.ToArray());
        Assert.AreEqual(9UL, table.Categories[1].Values[1].Key);
        CollectionAssert.AreEqual(new[] { 1f, 0, 1, 0 }, table.Labels);
    }

    [TestMethod]
    public void A_key_label_is_counted_from_zero() =>
        CollectionAssert.AreEqual(new[] { 0f, 2, 1, 2, 0, 1 }, new TestView().Key("Label", 3, [1, 3, 2, 3, 1, 2]).Single("x", 1, 2, 3, 4, 5, 6).Read().Labels);

    [TestMethod]
    public void Bad_data_is_refused_by_column()
    {
        Refuse(null, "no rows", new TestView().Boolean("Label").Single("x"));
        Refuse("Label", "same class", new TestView().Boolean("Label", true, true, true, true).Single("x", 1, 2, 3, 4));
        Refuse("Label", "same class", new TestView().Key("Label", 2, [2, 2, 2, 2]).Single("x", 1, 2, 3, 4));
        Refuse("Label", "NaN in row 1", new TestView().Single("Label", 1, float.NaN, 2).Single("x", 1, 2, 3));
        Refuse("Label", "missing (key 0) in row 2", new TestView().Key("Label", 2, [1, 2, 0, 1]).Single("x", 1, 2, 3, 4));
        Refuse("Label", "at least 6", new TestView().Key("Label", 3, [1, 2, 3, 1, 2]).Single("x", 1, 2, 3, 4, 5));
        Refuse("x", "row 1", new TestView().Single("Label", 1, 2).Single("x", 0, float.NegativeInfinity));
        Refuse("w", "-0.5 in row 1", new TestView().Single("Label", 1, 2).Single("x", 0, 1).Single("w", 1, -0.5f), new() { ExampleWeightColumnName = "w" });
        Refuse("w", "NaN", new TestView().Single("Label", 1, 2).Single("x", 0, 1).Single("w", 1, float.NaN), new() { ExampleWeightColumnName = "w" });
        Refuse("w", "0 in every row", new TestView().Single("Label", 1, 2).Single("x", 0, 1).Single("w", 0, 0), new() { ExampleWeightColumnName = "w" });
    }

    [TestMethod]
    public void An_infinite_slot_of_a_vector_is_named()
    {
        var view = new TestView().Single("Label", 1, 2)
            .Add("Pixels", new VectorDataViewType(NumberDataViewType.Single, 2), Vectors([1f, 2f], [1f, float.PositiveInfinity]));

        Refuse("Pixels", "'Pixels[1]'", view);
    }

    private static void Refuse(string? column, string words, TestView view, SearchOptions? options = null)
    {
        var error = Assert.ThrowsExactly<TrainingDataException>(() => view.Read(options));
        Assert.AreEqual(column, error.ColumnName);
        StringAssert.Contains(error.Message, words);
    }

    private static VBuffer<T>[] Vectors<T>(params T[][] rows) => Array.ConvertAll(rows, static row => new VBuffer<T>(row.Length, row));

    private static double[] Numbers(RawTable table, int slot) => [.. Enumerable.Range(0, table.Rows).Select(row => table.Numbers[slot][row])];
}
