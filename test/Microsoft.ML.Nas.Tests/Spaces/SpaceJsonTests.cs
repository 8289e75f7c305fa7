using System.Globalization;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class SpaceJsonTests
{
    [TestMethod]
    public void Architectures_come_back_from_json()
    {
        foreach (var space in new[] { SearchSpaces.Tabular(), CellSpaces.BestTwo() })
        {
            var random = new Random(1);
            for (var i = 0; i < 50; i++)
            {
                var architecture = space.Resolve(space.Sample(random));
                var read = space.ParseArchitecture(architecture.ToJson());
                Assert.AreEqual(architecture.Genotype, read.Genotype);
                Assert.AreEqual(architecture.Id, read.Id);
            }
        }
    }

    [TestMethod]
    public void Descriptions_come_back_from_json()
    {
        foreach (var space in new[] { SearchSpaces.Tabular(), CellSpaces.BestTwo(), CellSpaces.EveryEdge() })
        {
            var read = SpaceDescription.Parse(space.Describe().ToJson());
            Assert.AreEqual(space.Describe().ToJson(), read.ToJson());
            Assert.AreEqual(space.Size, read.Size);
            CollectionAssert.AreEqual(space.Decisions.Select(static decision => decision.MixedCount).ToArray(), read.Decisions.Select(static decision => decision.MixedCount).ToArray());
        }
    }

    [TestMethod]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0","decisions":{}}""", "$.genotype: space 'every edge' has 6 decisions; there are 2")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0-0-3-0-0","decisions":{}}""", "$.genotype: index 3 is '3'")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0-0--1-0","decisions":{}}""", "$.genotype: index 3 is ''")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0-0-0-0-0","decisions":{}}""", "$.decisions: decision 'cell.1<-0' is missing")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0-0-0-0-0","decisions":{"cell.1<-0":"linear"}}""", "$.decisions['cell.1<-0']: the genotype takes option 'skip'")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0-0-0-0-0","decisions":{"cell.9<-0":"linear"}}""", "$.decisions['cell.9<-0']: space 'every edge' has no such decision")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"0-0-0-0-0-0","decisions":{"cell.1<-0":"skip","cell.1<-0":"skip"}}""", "there twice")]
    [DataRow("""{"version":1,"space":"every edge","genotype":7,"decisions":{}}""", "$.genotype: text is expected; it is number")]
    [DataRow("""{"version":2,"space":"every edge","genotype":"","decisions":{}}""", "$.version: version 2 cannot be read")]
    [DataRow("""{"version":1,"space":"other","genotype":"","decisions":{}}""", "$.space")]
    [DataRow("""{"version":1,"space":"every edge","genotype":"","decisions":{},"more":1}""", "$.more")]
    [DataRow("""{"version":1,"space":"every edge","decisions":{}}""", "$: 'genotype' is missing")]
    [DataRow("[]", "$: an object is expected; it is array")]
    [DataRow("{", "not a JSON document")]
    [DataRow("", "not a JSON document")]
    public void A_wrong_architecture_is_refused_with_its_place(string json, string expected) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => CellSpaces.EveryEdge().ParseArchitecture(json)).Message, expected);

    [TestMethod]
    [DataRow("""{"name":"a","kind":"Structure","labels":["x"]}""", "$.decisions[0].labels: a decision has 2 to")]
    [DataRow("""{"name":"a","kind":"Structure","labels":["x","x"]}""", "$.decisions[0].labels: two options")]
    [DataRow("""{"name":"a","kind":"7","labels":["x","y"]}""", "$.decisions[0].kind")]
    [DataRow("""{"name":"a","kind":"Structure","labels":["x",null]}""", "$.decisions[0].labels[1]: text is expected; it is null")]
    [DataRow("""{"name":"a","kind":"Structure","labels":["x","y"],"condition":{"decision":"a","options":[0]}}""", "$.decisions[0].condition.decision: no earlier decision")]
    [DataRow("""{"name":"a","kind":"Structure","labels":["x","y"]},{"name":"b","kind":"Structure","labels":["x","y"],"condition":{"decision":"a","options":[2]}}""", "$.decisions[1].condition.options[0]")]
    [DataRow("""{"name":"a","kind":"Structure","labels":["x","y"]},{"name":"a","kind":"Structure","labels":["x","y"]}""", "$.decisions[1].name")]
    public void A_wrong_description_is_refused_with_its_place(string decisions, string expected) => StringAssert.Contains(
        Assert.ThrowsExactly<FormatException>(() => SpaceDescription.Parse($$"""{"version":1,"name":"s","hash":"h","size":"2","decisions":[{{decisions}}]}""")).Message, expected);

    [TestMethod]
    public void Documents_are_bounded_in_depth_and_size()
    {
        Assert.ThrowsExactly<FormatException>(() => SpaceDescription.Parse(new string('[', 100_000)));
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => SpaceDescription.Parse(new string(' ', 17_000_000))).Message, "characters");
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => SpaceDescription.Parse(
            $$"""{"version":1,"name":"s","hash":"h","size":"2","decisions":[{{string.Join(',', Enumerable.Repeat("0", 100_001))}}]}""")).Message, "$.decisions: there are more than");
    }

    [TestMethod]
    public void Random_changes_to_a_document_never_give_anything_but_a_format_error()
    {
        var space = CellSpaces.BestTwo();
        var random = new Random(1);
        var json = space.Resolve(space.Sample(random)).ToJson();
        var description = space.Describe().ToJson();
        for (var i = 0; i < 2000; i++)
        {
            Try(Changed(json), text => space.ParseArchitecture(text));
            Try(Changed(description), text => SpaceDescription.Parse(text));
        }

        string Changed(string text)
        {
            var letters = text.ToCharArray();
            for (var change = 0; change < 3; change++) letters[random.Next(letters.Length)] = "\"{}[]:,0-9x\\\u0000é"[random.Next(14)];
            return new string(letters);
        }

        static void Try(string text, Action<string> read)
        {
            try
            {
                read(text);
            }
            catch (FormatException)
            {
            }
        }
    }

    [TestMethod]
    public void Labels_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            CollectionAssert.Contains(SearchSpaces.Tabular().Decisions.SelectMany(static decision => decision.Labels).ToArray(), "0.25");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
