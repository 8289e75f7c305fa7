using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Tests.Data.Images;

[TestClass]
public sealed class ImagePlanTests
{
    private static readonly VectorDataViewType Flat = new(NumberDataViewType.Byte, 36);
    private static readonly VectorDataViewType Image = new(NumberDataViewType.Byte, 6, 6);

    [TestMethod]
    public void An_image_space_finds_the_image_among_other_columns()
    {
        var view = View(("Id", Flat), ("Photo", Image));
        var plan = view.Plan(ImageRows.Options());

        Assert.AreEqual(InputKind.Image, plan.Kind);
        Assert.AreEqual("Photo", plan.Features.Single().Name);
    }

    [TestMethod]
    public void A_table_space_takes_an_image_for_its_pixels()
    {
        var plan = View(("Photo", Image)).Plan(ImageRows.Options(static options => options.Space = SearchSpaces.Tabular()));
        Assert.AreEqual(InputKind.Table, plan.Kind);
        Assert.AreEqual(36, plan.Numbers);
    }

    [TestMethod]
    public void Without_a_space_an_image_is_one_where_it_is_the_only_feature()
    {
        var alone = ImageRows.Options(static options => options.Space = null);
        Assert.AreEqual(InputKind.Image, View(("Photo", Image)).Plan(alone).Kind);
        Assert.AreEqual(InputKind.Table, View(("Photo", Image), ("More", Flat)).Plan(alone).Kind);
        Assert.AreEqual(InputKind.Table, View(("Photo", Flat)).Plan(alone).Kind);
    }

    [TestMethod]
    public void A_column_without_dimensions_is_refused_with_how_to_give_them()
    {
        var message = Refusal(View(("Photo", Flat)));
        StringAssert.Contains(message, "'Photo' has the type Vector<Byte, 36>");
        StringAssert.Contains(message, "[VectorType(1, 28, 28)]");
    }

    [TestMethod]
    public void Several_images_are_refused_until_one_is_named()
    {
        var view = View(("Front", Image), ("Back", Image));
        StringAssert.Contains(Refusal(view), "'Front', 'Back'");
        Assert.AreEqual("Back", view.Plan(ImageRows.Options(static options => options.FeatureColumnNames = ["Back"])).Features.Single().Name);
    }

    [TestMethod]
    public void No_image_at_all_is_refused() =>
        StringAssert.Contains(Refusal(new TestView().Boolean("Label", true).Single("Age", 1)), "none of the columns ('Label', 'Age') is one");

    private static string Refusal(TestView view) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => view.Plan(ImageRows.Options())).Message;

    private static TestView View(params (string Name, VectorDataViewType Type)[] columns) =>
        columns.Aggregate(new TestView().Boolean("Label", true), static (view, column) => view.Add(column.Name, column.Type, new VBuffer<byte>[] { new(36, new byte[36]) }));
}
