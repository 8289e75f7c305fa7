using System.Text;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Data.Texts;

[TestClass]
public sealed class TextEncoderTests
{
    [TestMethod]
    [DataRow("Don't STOP!!", "don ' t stop ! !")]
    [DataRow("  3x a_b\tc\nd\u00A0e ", "3x a _ b c d e")]
    [DataRow("naïve Élan 東京 ❤️", "naïve Élan 東京 ❤ \uFE0F")]
    [DataRow("", "")]
    [DataRow("\ud83d\ude00x", "\ud83d\ude00 x")]
    public void Tokens_are_words_and_single_symbols_with_ascii_letters_in_lower_case(string text, string expected)
    {
        var tokens = new List<string>();
        Span<char> normal = stackalloc char[TokenReader.LongestWord];
        for (var reader = new TokenReader(text); reader.Read();) tokens.Add(new string(normal[..reader.Normalize(normal, keepCase: false)]));
        Assert.AreEqual(expected, string.Join(' ', tokens));
    }

    [TestMethod]
    public void Half_a_surrogate_pair_is_read_as_utf8_would_write_it() =>
        Tokens_are_words_and_single_symbols_with_ascii_letters_in_lower_case("a\ud83d", "a \uFFFD");

    [TestMethod]
    public void The_vocabulary_is_the_most_frequent_tokens_that_are_there_often_enough()
    {
        var encoder = Fit(["tea tea tea", "Tea milk milk", "milk sugar sugar", "coffee"], new() { VocabularySize = 2 });
        CollectionAssert.AreEqual(new[] { "tea", "milk" }, encoder.Vocabulary.Words.ToArray());
        Assert.AreEqual(new TokenShape(3, 4), encoder.Shape);
    }

    [TestMethod]
    public void Texts_are_cut_at_the_limit_and_filled_up_with_padding()
    {
        var encoder = Fit(["good bad good bad", "good bad"], new() { MaxTokens = 3 });
        CollectionAssert.AreEqual(new[] { 2, 3, 2, 1, 3, 0, 0, 0, 0 }, Ids(encoder, "bad good bad good", "what good", ""));
    }

    [TestMethod]
    public void The_length_covers_95_percent_of_the_training_texts_up_to_256_tokens()
    {
        string Long(int tokens) => string.Join(' ', Enumerable.Repeat("x", tokens));
        Assert.AreEqual(19, Fit([.. Enumerable.Range(1, 20).Select(Long)]).Dimensions[0]);
        Assert.AreEqual(256, Fit([Long(1000), Long(2000)]).Dimensions[0]);
        Assert.AreEqual(1, Fit(["x", "x", .. Enumerable.Repeat("", 100)]).Dimensions[0]);
    }

    [TestMethod]
    public void Texts_without_a_frequent_token_are_refused()
    {
        var problem = Assert.ThrowsExactly<TrainingDataException>(() => Fit(["one", "two"]));
        StringAssert.Contains(problem.Message, "'Text'");
    }

    [TestMethod]
    public void Onnx_runtime_finds_the_same_tokens_in_any_text()
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        string[] texts =
        [
            "", " ", "It's GREAT!!! <br /><br />10/10 -- ÉÈ ß İ", "a\u0301b \u200D x\u00ADy", new string('a', 200), "日本語テキスト", "\ud83d\ude00\ud83d\ude01 ok", "tab\there",
            .. Enumerable.Range(0, 200).Select(_ => RandomText(random)),
        ];
        var encoder = Fit([.. texts, .. texts], new() { MaxTokens = 20 });
        var graph = new GraphBuilder();
        graph.Output("ids", encoder.Emit(graph));
        using var session = new OnnxSession(graph.Build());
        var actual = session.Run(new Dictionary<string, OnnxTensor> { ["Text"] = OnnxTensor.Create(texts, texts.Length, 1) })["ids"];
        CollectionAssert.AreEqual(new long[] { texts.Length, 20 }, actual.Shape.ToArray());
        CollectionAssert.AreEqual(Ids(encoder, texts), Array.ConvertAll(actual.As<float>().Values.ToArray(), static id => (int)id));
    }

    /// <summary>Items of any length and content, with empty ones among them and at the end; half a surrogate pair is written as UTF-8 has it.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Onnx_runtime_finds_the_same_ids_for_any_tokens(bool keepCase)
    {
        using var scope = NewDisposeScope();
        var random = new Random(2);
        string[] known = ["New York", "new york", "O'Neil", "\ud83d", "x\ude00Y", "\ud83d\ude00Z", " ", new string('A', 64), new string('A', 65), .. Enumerable.Range(0, 40).Select(_ => RandomText(random))];
        string[][] rows = [[], [""], ["", "O'Neil", ""], .. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(6) == 0 ? "" : known[random.Next(known.Length)]).ToArray())];
        var plan = Plan(isVector: true, new() { MaxTokens = 8, KeepCase = keepCase });
        var texts = new RawTexts(plan, Array.ConvertAll(rows, static row => new RawText(Array.ConvertAll(row, static token => token.AsMemory()))), new float[rows.Length], null);
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        var encoder = (TextEncoder)texts.FitEncoder(all);
        Assert.AreEqual(keepCase, encoder.Vocabulary.Words.Contains("New York"));
        var graph = new GraphBuilder();
        graph.Output("ids", encoder.Emit(graph));
        using var session = new OnnxSession(graph.Build());
        var actual = session.Run(texts.Tensors(all))["ids"].As<float>().Values.ToArray();
        CollectionAssert.AreEqual(encoder.Encode(texts, all).data<int>().ToArray(), Array.ConvertAll(actual, static id => (int)id));
    }

    /// <summary>Characters from everywhere below the private planes, most of them common, without NUL.</summary>
    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var character = random.Next(4) switch { 0 => random.Next(0x20, 0x7F), 1 => random.Next(1, 0x300), 2 => random.Next(1, 0x3000), _ => random.Next(1, 0x30000) };
            if (Rune.IsValid(character)) text.Append(new Rune(character));
        }
        return text.ToString();
    }

    private static int[] Ids(TextEncoder encoder, params string[] texts) => encoder.Encode(Rows(texts, encoder.Plan), [.. Enumerable.Range(0, texts.Length)]).data<int>().ToArray();

    private static TextEncoder Fit(string[] texts, TextOptions? options = null) =>
        (TextEncoder)Rows(texts, Plan(isVector: false, options ?? new())).FitEncoder([.. Enumerable.Range(0, texts.Length)]);

    private static ColumnPlan Plan(bool isVector, TextOptions options) =>
        new([new("Text", FeatureKind.Text, typeof(ReadOnlyMemory<char>), isVector, isVector ? 0 : 1)], new("Label", typeof(bool), false, 2), null, LearningTask.BinaryClassification, InputKind.Text) { Text = options };

    private static RawTexts Rows(string[] texts, ColumnPlan plan) => new(plan, Array.ConvertAll(texts, static text => new RawText(text)), new float[texts.Length], null);
}
