using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;

namespace Microsoft.ML.Nas.Tests.Data;

[TestClass]
public sealed class SplitPlannerTests
{
    [TestMethod]
    public void Every_row_is_in_one_part_and_the_fraction_holds()
    {
        var table = Classes(5000, 0.3);

        var split = SplitPlanner.Split(table, 0.2, seed: 1)[0];

        CollectionAssert.AreEqual(table.AllRows(), split.Train.Concat(split.Validation).Order().ToArray());
        Assert.HasCount(1000, split.Validation);
    }

    [TestMethod]
    public void Classes_keep_their_shares()
    {
        var table = Classes(5000, 0.03);

        var split = SplitPlanner.Split(table, 0.2, seed: 1)[0];

        Assert.AreEqual(30, split.Validation.Count(row => table.Labels[row] == 1), 1);
    }

    [TestMethod]
    public void Small_tables_are_split_five_times_and_every_row_is_validated_on_once()
    {
        var table = Classes(200, 0.25);

        var splits = SplitPlanner.Split(table, 0.2, seed: 1);

        Assert.HasCount(5, splits);
        CollectionAssert.AreEqual(table.AllRows(), splits.SelectMany(static split => split.Validation).Order().ToArray());
        foreach (var split in splits) Assert.AreEqual(10, split.Validation.Count(row => table.Labels[row] == 1));
    }

    [TestMethod]
    public void The_seed_decides()
    {
        var table = Classes(400, 0.3);
        int[] Validation(int seed) => SplitPlanner.Split(table, 0.2, seed)[0].Validation;

        CollectionAssert.AreEqual(Validation(1), Validation(1));
        CollectionAssert.AreNotEqual(Validation(1), Validation(2));
    }

    [TestMethod]
    public void Numeric_labels_are_split_by_quantile()
    {
        var labels = Enumerable.Range(0, 4000).Select(static i => (float)Math.Pow(i, 3)).ToArray();
        var table = new TestView().Single("Label", labels).Single("x", labels).Read();

        var split = SplitPlanner.Split(table, 0.25, seed: 1)[0];

        for (var tenth = 0; tenth < 10; tenth++)
            Assert.AreEqual(100, split.Validation.Count(row => row / 400 == tenth), 15);
    }

    [TestMethod]
    [DataRow(2_999, 5)]
    [DataRow(3_000, 3)]
    [DataRow(9_999, 3)]
    [DataRow(10_000, 1)]
    public void Smaller_tables_are_split_more_often(int rows, int splits) =>
        Assert.HasCount(splits, SplitPlanner.Split(Classes(rows, 0.5), 0.2, seed: 1).ToList());

    /// <summary>What validation rows say depends on their labels, of which a text may have many.</summary>
    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(10, 3)]
    [DataRow(40, 1)]
    public void Labels_of_tokens_count_each(int tokens, int splits)
    {
        var all = SplitPlanner.Split(Texts([.. Enumerable.Repeat(new float[tokens], 300)]), 0.2, seed: 1);
        Assert.HasCount(splits, all.ToList());
        foreach (var split in all) Assert.HasCount(60, split.Validation);
    }

    [TestMethod]
    public void Texts_with_rare_labels_keep_their_share()
    {
        var random = new Random(1);
        var texts = Texts([.. Enumerable.Range(0, 500).Select(row => (float[])[0, row % 25 == 0 ? 2 : row % 5 == 0 ? 1 : 0, .. Enumerable.Repeat(0f, random.Next(5))])]);
        foreach (var split in SplitPlanner.Split(texts, 0.2, seed: 1))
        {
            Assert.HasCount(100, split.Validation);
            foreach (var (label, share) in new[] { (1f, 16), (2f, 4) }) Assert.AreEqual(share, split.Validation.Count(row => texts.LabelsOf(row).Contains(label)));
        }
    }

    [TestMethod]
    public void Both_parts_have_texts_with_tokens_however_many_have_none()
    {
        var texts = Texts([[0, 1], [1], [0], [0, 2], .. Enumerable.Repeat(Array.Empty<float>(), 60)]);
        foreach (var split in SplitPlanner.Split(texts, 0.1, seed: 2))
            foreach (var part in new[] { split.Train, split.Validation }) Assert.Contains(row => texts.LabelsOf(row).Length > 0, part);
    }

    [TestMethod]
    public void The_least_data_that_is_taken_leaves_both_parts_a_row_of_each_class()
    {
        var table = new TestView().Key("Label", 3, [1, 1, 2, 2, 3, 3]).Single("x", 1, 2, 3, 4, 5, 6).Read();

        foreach (var split in SplitPlanner.Split(table, 0.2, seed: 3))
        {
            CollectionAssert.AreEquivalent(new[] { 0f, 1, 2 }, split.Train.Select(row => table.Labels[row]).ToArray());
            CollectionAssert.AreEquivalent(new[] { 0f, 1, 2 }, split.Validation.Select(row => table.Labels[row]).ToArray());
        }
    }

    private static RawTexts Texts(float[][] labels)
    {
        var plan = new ColumnPlan([new("Tokens", FeatureKind.Text, typeof(ReadOnlyMemory<char>), true, 0)], new("Label", typeof(uint), true, 3) { IsVector = true }, null, LearningTask.SequenceLabeling, InputKind.Text);
        return new(plan, Array.ConvertAll(labels, static text => new RawText([.. Enumerable.Repeat("x".AsMemory(), text.Length)])), [.. labels.SelectMany(static text => text)], null);
    }

    private static RawTable Classes(int rows, double positive)
    {
        var labels = Enumerable.Range(0, rows).Select(row => row < rows * positive).ToArray();
        return new TestView().Boolean("Label", labels).Single("x", [.. Enumerable.Range(0, rows).Select(static row => (float)row)]).Read();
    }
}
