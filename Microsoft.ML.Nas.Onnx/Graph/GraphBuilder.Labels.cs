namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// Replaces each key by its value (ai.onnx.ml LabelEncoder): categories by their places, places by categories.
    /// </summary>
    /// <typeparam name="TKey">string, long or float; the type of the elements of <paramref name="x"/>.</typeparam>
    /// <typeparam name="TValue">string, long or float; the type of the elements of the result.</typeparam>
    /// <param name="x">What to look up, of any shape.</param>
    /// <param name="keys">What there is to find, each once.</param>
    /// <param name="values">What each key becomes.</param>
    /// <param name="defaultValue">What everything else becomes.</param>
    /// <exception cref="GraphException">There are not as many keys as values, a key is given twice, or the types do not fit.</exception>
    public GraphValue LabelEncoder<TKey, TValue>(GraphValue x, ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, TValue defaultValue)
        where TKey : notnull
        where TValue : notnull
    {
        var node = Start("LabelEncoder", MlDomain, [x]);
        node.Accept(x, TypeSet.Of(LabelType<TKey>(node)));
        if (keys.Length != values.Length || keys.IsEmpty)
            throw node.Error($"{keys.Length} keys and {values.Length} values are given", "Give as many keys as values, and at least one");
        var distinct = new HashSet<TKey>();
        foreach (var key in keys)
        {
            if (!distinct.Add(key))
                throw node.Error($"key '{key}' is given twice", "Name each key once");
        }

        SetLabels(node, "keys_", keys);
        SetLabels(node, "values_", values);
        var type = LabelType<TValue>(node);
        _ = defaultValue switch
        {
            string text => node.Attribute("default_string", text),
            long number => node.Attribute("default_int64", number),
            _ => node.Attribute("default_float", (float)(object)defaultValue),
        };
        return node.Output(type, x.Shape);
    }

    private static ElementType LabelType<T>(NodeDraft node) =>
        typeof(T) == typeof(string) ? ElementType.String
        : typeof(T) == typeof(long) ? ElementType.Int64
        : typeof(T) == typeof(float) ? ElementType.Float
        : throw node.Error($"labels of type {typeof(T)} are not supported", "Use string, long or float");

    private static void SetLabels<T>(NodeDraft node, string prefix, ReadOnlySpan<T> labels) => _ = (object)labels.ToArray() switch
    {
        string[] texts => node.Attribute(prefix + "strings", texts),
        long[] numbers => node.Attribute(prefix + "int64s", numbers),
        object floats => node.Attribute(prefix + "floats", (float[])floats),
    };
}
