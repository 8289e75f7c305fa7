using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class CursorTests
{
    [TestMethod]
    public void Input_columns_show_the_current_row_while_rows_are_read_ahead()
    {
        var view = TestRows.Binary(150);
        using var model = TestModels.Create(view, TestRows.Options, batchSize: 64);
        var scored = model.Transform(view);

        using var cursor = scored.GetRowCursor(scored.Schema);
        var number = cursor.GetGetter<int>(scored.Schema["Row"]);
        var pair = cursor.GetGetter<VBuffer<float>>(scored.Schema["Pair"]);
        var text = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["City"]);
        var id = cursor.GetIdGetter();
        var cities = TransformTests.Column<ReadOnlyMemory<char>>(view, "City");
        var (row, vector, city, rowId) = (0, default(VBuffer<float>), default(ReadOnlyMemory<char>), default(DataViewRowId));
        for (var expected = 0; expected < 150; expected++)
        {
            Assert.IsTrue(cursor.MoveNext());
            number(ref row);
            pair(ref vector);
            text(ref city);
            id(ref rowId);
            Assert.AreEqual(expected, cursor.Position);
            Assert.AreEqual(expected, row);
            CollectionAssert.AreEqual(new[] { (float)expected, -expected }, vector.DenseValues().ToArray());
            Assert.AreEqual(cities[expected].ToString(), city.ToString());
            Assert.AreEqual(new DataViewRowId((ulong)expected, 7), rowId);
        }
        Assert.IsFalse(cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(-1, cursor.Position);
        Assert.ThrowsExactly<InvalidOperationException>(() => number(ref row));
    }

    [TestMethod]
    public void A_vector_handed_out_is_the_callers_own()
    {
        var view = TestRows.Multiclass(80);
        using var model = TestModels.Create(view, TestRows.Options, batchSize: 16);
        var scored = model.Transform(view);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        var pair = cursor.GetGetter<VBuffer<float>>(scored.Schema["Pair"]);

        var kept = new List<(VBuffer<float> Score, VBuffer<float> Pair)>();
        while (cursor.MoveNext())
        {
            VBuffer<float> first = default, second = default;
            score(ref first);
            pair(ref second);
            kept.Add((first, second));
        }

        for (var row = 0; row < 80; row++)
        {
            Assert.AreEqual(1f, kept[row].Score.DenseValues().Sum(), 1e-5f);
            Assert.AreEqual(row, kept[row].Pair.GetValues()[0]);
        }
        Assert.IsGreaterThan(10, kept.Select(static pair => pair.Score.GetValues()[0]).Distinct().Count());
    }

    [TestMethod]
    public void Parallel_cursors_together_score_every_row_once()
    {
        var view = TestRows.Binary(500);
        using var model = TestModels.Create(view, TestRows.Options, batchSize: 32);
        var scored = model.Transform(view);
        var expected = TransformTests.Column<float>(scored, "Score");
        var actual = new float[500];
        var seen = new int[500];

        var cursors = scored.GetRowCursorSet([scored.Schema["Row"], scored.Schema["Score"]], 4);
        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                var number = cursor.GetGetter<int>(scored.Schema["Row"]);
                var score = cursor.GetGetter<float>(scored.Schema["Score"]);
                var (row, value) = (0, 0f);
                while (cursor.MoveNext())
                {
                    Assert.AreEqual(500 * (row * 4 / 500) / 4 >= 0, cursor.Batch >= 0);
                    number(ref row);
                    score(ref value);
                    actual[row] = value;
                    Interlocked.Increment(ref seen[row]);
                }
            }
        });

        Assert.IsTrue(seen.All(static count => count == 1));
        for (var row = 0; row < 500; row++) Assert.AreEqual(expected[row], actual[row], 1e-5f);
    }

    [TestMethod]
    public void Only_what_is_needed_is_asked_of_the_input()
    {
        var view = TestRows.Binary();
        using var model = TestModels.Create(view, TestRows.Options);
        var scored = model.Transform(view);

        using (scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Row"]])) { }
        CollectionAssert.AreEquivalent(new[] { "Age", "City", "Code", "Row" }, view.LastAsked.ToArray());

        using var unscored = scored.GetRowCursor([scored.Schema["Row"]]);
        CollectionAssert.AreEqual(new[] { "Row" }, view.LastAsked.ToArray());
        Assert.IsFalse(unscored.IsColumnActive(scored.Schema["Score"]));
        Assert.IsTrue(unscored.IsColumnActive(scored.Schema["Row"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => unscored.GetGetter<float>(scored.Schema["Score"]));
    }

    [TestMethod]
    public void A_column_that_was_not_asked_for_and_a_wrong_type_are_refused()
    {
        var view = TestRows.Binary();
        using var model = TestModels.Create(view, TestRows.Options);
        var scored = model.Transform(view);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Age"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<double>(scored.Schema["Score"]));
    }

    [TestMethod]
    public void A_look_at_the_first_row_does_not_read_a_whole_batch()
    {
        var view = TestRows.Binary(2000);
        using var model = TestModels.Create(view, TestRows.Options, batchSize: 1024);
        var scored = model.Transform(view);
        var before = view.FurthestRow;
        Assert.AreEqual(1999, before, "Fitting read all.");

        var fresh = TestRows.Binary(2000);
        scored = model.Transform(fresh);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        Assert.IsTrue(cursor.MoveNext());

        Assert.IsLessThan(100, fresh.FurthestRow);
    }

    [TestMethod]
    public void An_empty_view_has_no_rows()
    {
        using var model = TestModels.Create(TestRows.Binary(), TestRows.Options);

        Assert.IsEmpty(TransformTests.Column<float>(model.Transform(TestRows.Binary(0)), "Score"));
    }
}
