using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Data;

[TestClass]
public sealed class SplitEncoderTests
{
    [TestMethod]
    public void Regression_labels_are_standardised_by_the_training_rows()
    {
        var table = new TestView().Single("Label", 10, 30, 1000, 20).Single("x", 1, 2, 3, 4).Read();

        using var data = new SplitEncoder(table, ClassWeighting.None, CPU).Encode(new([0, 1], [2, 3])).Data;

        Assert.AreEqual(new Target(LearningTask.Regression, 1, 20, 10), data.Target);
        CollectionAssert.AreEqual(new[] { -1f, 1 }, data.Train.Labels.data<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 98f, 0 }, data.Validation.Labels.data<float>().ToArray());
        Assert.IsNull(data.Train.Weights);
    }

    [TestMethod]
    public void Classes_become_indices_and_features_rows()
    {
        var table = new TestView().Key("Label", 3, [3, 1, 2, 3, 1, 2]).Single("x", 0, 2, 0, 2, 5, 5).Read();

        using var data = new SplitEncoder(table, ClassWeighting.None, CPU).Encode(new([0, 1, 2, 3], [4, 5])).Data;

        CollectionAssert.AreEqual(new[] { 2L, 0, 1, 2 }, data.Train.Labels.data<long>().ToArray());
        CollectionAssert.AreEqual(new[] { -1f, 1, -1, 1 }, data.Train.Features.data<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 4L, 1 }, data.Train.Features.shape);
        Assert.AreEqual(3, data.Target.Classes);
    }

    [TestMethod]
    public void Balanced_classes_weigh_the_same_in_sum_and_weights_average_one()
    {
        var table = new TestView().Boolean("Label", true, false, false, false, true, false).Single("x", 0, 1, 2, 3, 4, 5).Read();

        using var data = new SplitEncoder(table, ClassWeighting.Balanced, CPU).Encode(new([0, 1, 2, 3], [4, 5])).Data;

        var weights = data.Train.Weights!.data<float>().ToArray();
        CollectionAssert.AreEqual(new[] { 2f, 2 / 3f, 2 / 3f, 2 / 3f }, weights);
        Assert.IsNull(data.Validation.Weights, "The metric on validation rows keeps its meaning.");
    }

    [TestMethod]
    public void Example_weights_average_one_in_each_part()
    {
        var table = new TestView().Single("Label", 1, 2, 3, 4).Single("x", 1, 2, 3, 4).Single("w", 1, 3, 5, 15).Read(new() { ExampleWeightColumnName = "w" });

        using var data = new SplitEncoder(table, ClassWeighting.None, CPU).Encode(new([0, 1], [2, 3])).Data;

        CollectionAssert.AreEqual(new[] { 0.5f, 1.5f }, data.Train.Weights!.data<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 0.5f, 1.5f }, data.Validation.Weights!.data<float>().ToArray());
    }

    [TestMethod]
    public void All_rows_can_be_encoded_with_what_a_split_was_fitted_on()
    {
        var table = new TestView().Single("Label", 10, 30, 1000, 20).Single("x", 1, 3, 5, 1).Read();
        var encoder = new SplitEncoder(table, ClassWeighting.None, CPU);
        var (data, features) = encoder.Encode(new([0, 1], [2, 3]));
        using (data)
        using (var all = encoder.Encode(new(table.AllRows(), []), features, data.Target))
        {
            Assert.AreEqual(4, all.Train.Count);
            Assert.AreEqual(0, all.Validation.Count);
            CollectionAssert.AreEqual(new[] { -1f, 1, 2, -1 }, all.Train.Features.data<float>().ToArray());
        }
    }
}
