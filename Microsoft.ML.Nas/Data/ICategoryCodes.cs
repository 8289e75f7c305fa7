namespace Microsoft.ML.Nas.Data;

/// <summary>The codes of one categorical column's values.</summary>
internal interface ICategoryCodes
{
    /// <summary>The code of a text, without allocating; 0 for the empty text.</summary>
    int CodeOf(ReadOnlySpan<char> text);

    /// <summary>The code of a key, counted from 1; 0 for the missing key 0.</summary>
    int CodeOf(ulong key);
}
