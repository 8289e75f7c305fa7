using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Tests.Data;

[TestClass]
public sealed class ColumnPlannerTests
{
    [TestMethod]
    public void By_default_every_column_of_a_supported_type_but_label_weight_and_group_is_a_feature()
    {
        var view = new TestView().Boolean("Label").Single("Age").Text("City").Boolean("Member").Single("Weight")
            .Add("GroupId", new KeyDataViewType(typeof(uint), 5), Array.Empty<uint>())
            .Add("When", DateTimeDataViewType.Instance, Array.Empty<DateTime>())
            .Add("Ragged", new VectorDataViewType(NumberDataViewType.Single), Array.Empty<VBuffer<float>>())
            .Add("Pixels", new VectorDataViewType(NumberDataViewType.Byte, 4), Array.Empty<VBuffer<byte>>());

        var plan = view.Plan(new() { ExampleWeightColumnName = "Weight" });

        CollectionAssert.AreEqual(new[] { "Age", "City", "Member", "Pixels" }, plan.Features.Select(static column => column.Name).ToArray());
        CollectionAssert.AreEqual(new[] { FeatureKind.Number, FeatureKind.Text, FeatureKind.Boolean, FeatureKind.Number }, plan.Features.Select(static column => column.Kind).ToArray());
        Assert.AreEqual(6, plan.Numbers);
        Assert.AreEqual(1, plan.Categories);
        Assert.AreEqual(LearningTask.BinaryClassification, plan.Task);
    }

    [TestMethod]
    public void A_column_named_Features_is_the_only_feature_by_default()
    {
        var view = new TestView().Single("Label").Single("Other").Add("Features", new VectorDataViewType(NumberDataViewType.Single, 3), Array.Empty<VBuffer<float>>());

        Assert.AreEqual("Features", view.Plan().Features.Single().Name);
        Assert.AreEqual("Other", view.Plan(new() { FeatureColumnNames = ["Other"] }).Features.Single().Name);
    }

    [TestMethod]
    public void A_hidden_column_is_not_seen()
    {
        var view = new TestView().Boolean("Label").Text("Age").Single("Age");

        Assert.AreEqual(FeatureKind.Number, view.Plan().Features.Single().Kind);
    }

    [TestMethod]
    public void The_labels_type_decides_the_task()
    {
        Assert.AreEqual(LearningTask.BinaryClassification, new TestView().Boolean("Label").Single("x").Plan().Task);
        Assert.AreEqual(LearningTask.BinaryClassification, new TestView().Key("Label", 2, []).Single("x").Plan().Task);
        Assert.AreEqual(LearningTask.MulticlassClassification, new TestView().Key("Label", 3, []).Single("x").Plan().Task);
        Assert.AreEqual(LearningTask.Regression, new TestView().Single("Label").Single("x").Plan().Task);
        Assert.AreEqual(LearningTask.MulticlassClassification,
            new TestView().Key("Label", 2, []).Single("x").Plan(new() { Task = LearningTask.MulticlassClassification }).Task);
    }

    [TestMethod]
    public void A_text_label_is_refused_with_the_way_out()
    {
        var error = Refuse(new TestView().Text("Label").Single("x"));

        Assert.AreEqual(nameof(SearchOptions.LabelColumnName), error.ParamName);
        StringAssert.Contains(error.Message, "MapValueToKey");
        StringAssert.Contains(error.Message, "'Label'");
    }

    [TestMethod]
    public void Missing_columns_are_refused_by_name()
    {
        var view = new TestView().Boolean("Label").Single("x");

        Assert.AreEqual("Churn", Refuse(view, new() { LabelColumnName = "Churn" }).ActualValue);
        Assert.AreEqual("y", Refuse(view, new() { FeatureColumnNames = ["x", "y"] }).ActualValue);
        Assert.AreEqual("w", Refuse(view, new() { ExampleWeightColumnName = "w" }).ActualValue);
    }

    [TestMethod]
    public void An_unsupported_feature_type_is_refused_with_the_supported_ones()
    {
        var view = new TestView().Boolean("Label").Add("When", DateTimeDataViewType.Instance, Array.Empty<DateTime>());

        var error = Refuse(view, new() { FeatureColumnNames = ["When"] });

        StringAssert.Contains(error.Message, "'When'");
        StringAssert.Contains(error.Message, "Single, Double, SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Boolean, Text, Key");
    }

    [TestMethod]
    public void Types_that_do_not_fit_their_role_are_refused()
    {
        Refuse(new TestView().Add("Label", NumberDataViewType.Double, Array.Empty<double>()).Single("x"));
        Refuse(new TestView().Add("Label", new VectorDataViewType(NumberDataViewType.Single, 2), Array.Empty<VBuffer<float>>()).Single("x"));
        Refuse(new TestView().Boolean("Label").Single("x").Text("w"), new() { ExampleWeightColumnName = "w" });
        Refuse(new TestView().Boolean("Label"));
        Refuse(new TestView().Boolean("Label").Single("x"), new() { FeatureColumnNames = ["x", "Label"] });
    }

    [TestMethod]
    public void A_task_that_does_not_fit_the_label_is_refused()
    {
        Assert.AreEqual(nameof(SearchOptions.Task), Refuse(new TestView().Single("Label").Single("x"), new() { Task = LearningTask.BinaryClassification }).ParamName);
        Refuse(new TestView().Boolean("Label").Single("x"), new() { Task = LearningTask.Regression });
        Refuse(new TestView().Key("Label", 3, []).Single("x"), new() { Task = LearningTask.BinaryClassification });
    }

    private static ArgumentOutOfRangeException Refuse(TestView view, SearchOptions? options = null) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => view.Plan(options));
}
