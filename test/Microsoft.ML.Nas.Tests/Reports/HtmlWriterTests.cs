using System.Text;
using Microsoft.ML.Nas.Reports;

namespace Microsoft.ML.Nas.Tests.Reports;

[TestClass]
public sealed class HtmlWriterTests
{
    [TestMethod]
    public void Text_and_attributes_cannot_become_markup()
    {
        var written = Written(html =>
        {
            using var paragraph = html.Element("p", ("title", "\"><script>"), ("class", null));
            html.Text("<script>alert('&')</script>");
        });
        Assert.AreEqual("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;alert('&amp;')&lt;/script&gt;</p>", written);
    }

    [TestMethod]
    public void Characters_that_no_document_may_hold_are_replaced_and_all_others_kept() =>
        Assert.AreEqual("<p>a\uFFFDb\uFFFDc Größe 日本 😀</p>", Written(static html => html.Leaf("p", "a\u0001b\uD800c Größe 日本 😀")));

    [TestMethod]
    public void Only_elements_that_browsers_read_so_are_written_short() =>
        Assert.AreEqual("<div><br /><span></span></div>", Written(static html =>
        {
            using var div = html.Element("div");
            html.Empty("br");
            html.Empty("span");
        }));

    [TestMethod]
    public void Raw_content_that_could_end_its_element_is_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => Written(static html =>
        {
            using var script = html.Element("script");
            html.Raw("</script>");
        }));

    private static string Written(Action<HtmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var html = new HtmlWriter(stream)) write(html);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
