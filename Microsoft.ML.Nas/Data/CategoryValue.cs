namespace Microsoft.ML.Nas.Data;

/// <summary>One category: a text, or a key counted from 1.</summary>
internal readonly record struct CategoryValue(string? Text, ulong Key)
{
    public CategoryValue(string text) : this(text, 0)
    {
    }

    public CategoryValue(ulong key) : this(null, key)
    {
    }
}
