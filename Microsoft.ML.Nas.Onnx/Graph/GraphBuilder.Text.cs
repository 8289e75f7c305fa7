namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    private const string RuntimeDomain = "com.microsoft";
    private const int RuntimeOpset = 1;

    /// <summary>Text in lower case (ONNX's StringNormalizer without stop words).</summary>
    /// <param name="x">Strings, of one dimension.</param>
    /// <param name="locale">The C library's name of the locale whose rules hold; it must be installed wherever the model runs. The default, <c>C</c>, always is, and knows the letters A to Z.</param>
    public GraphValue ToLower(GraphValue x, string locale = "C")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(locale);
        return Start("StringNormalizer", x).Accept(TypeSet.Of(ElementType.String)).Rank(x, 1)
            .Attribute("case_change_action", "LOWER").Attribute("is_case_sensitive", 1L).Attribute("locale", locale).Output(ElementType.String, x.Shape);
    }

    /// <summary>
    /// The tokens of texts, [N] to [N, longest]: what a regular expression finds, one after another, the longest match first. Empty strings fill up shorter rows.
    /// An operator of ONNX Runtime (domain com.microsoft), which other runtimes do not know.
    /// </summary>
    /// <param name="x">Strings, of one dimension.</param>
    /// <param name="expression">The expression, in the syntax of POSIX with Unicode characters.</param>
    public GraphValue Tokenizer(GraphValue x, string expression)
    {
        ArgumentException.ThrowIfNullOrEmpty(expression);
        _opsets.TryAdd(RuntimeDomain, RuntimeOpset);
        return Start("Tokenizer", RuntimeDomain, [x]).Accept(TypeSet.Of(ElementType.String)).Rank(x, 1)
            .Attribute("mark", 0L).Attribute("mincharnum", 1L).Attribute("pad_value", "").Attribute("tokenexp", expression)
            .Output(ElementType.String, [x.Shape[0], Dimension.Unknown]);
    }
}
