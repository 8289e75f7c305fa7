using Microsoft.ML.Data;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class SchemaTests
{
    [TestMethod]
    public void The_schema_promised_before_fitting_is_the_schema_after()
    {
        foreach (var view in TestRows.All())
        {
            var options = new SearchOptions { FeatureColumnNames = TestRows.Features };
            // A shape does not know how many values a key has.
            if (view.Schema["Label"].Type is KeyDataViewType { Count: 2 }) options.Task = LearningTask.BinaryClassification;
            using var model = TestModels.Create(view, options);

            var promised = new MLContext(1).Nas().SearchArchitecture(options).GetOutputSchema(SchemaShapes.Of(view.Schema));
            var actual = SchemaShapes.Of(model.GetOutputSchema(view.Schema));

            Assert.AreEqual(Describe(actual), Describe(promised));
        }
    }

    [TestMethod]
    public void A_column_of_the_same_name_is_replaced()
    {
        var view = TestRows.Binary().Text("Score", new string[100]);

        var shape = new MLContext(1).Nas().SearchArchitecture(new SearchOptions { FeatureColumnNames = TestRows.Features }).GetOutputSchema(SchemaShapes.Of(view.Schema));

        Assert.AreEqual(NumberDataViewType.Single, shape.Single(static column => column.Name == "Score").ItemType);
    }

    [TestMethod]
    public void Before_fitting_bad_columns_are_refused_too()
    {
        var estimator = new MLContext(1).Nas().SearchArchitecture("Label");

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(new TestView().Text("Label").Single("x").Schema)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(new TestView().Single("x").Schema)));
    }

    [TestMethod]
    public void Schemas_do_not_depend_on_which_way_they_are_asked_for()
    {
        foreach (var view in TestRows.All())
        {
            using var model = TestModels.Create(view, TestRows.Options);

            var expected = Describe(SchemaShapes.Of(model.GetOutputSchema(view.Schema)));

            Assert.AreEqual(expected, Describe(SchemaShapes.Of(model.Transform(view).Schema)));
            Assert.AreEqual(expected, Describe(SchemaShapes.Of(model.GetRowToRowMapper(view.Schema).OutputSchema)));
        }
    }

    private static string Describe(SchemaShape shape) => string.Join('\n', shape.OrderBy(static column => column.Name).Select(static column =>
        $"{column.Name}: {column.Kind} {column.ItemType} key={column.IsKey} [{Describe(column.Annotations)}]"));
}
