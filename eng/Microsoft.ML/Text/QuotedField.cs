using System;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Fields in double quotes. A quote inside is doubled, or follows the escape character where that is another one.</summary>
internal static class QuotedField
{
    /// <summary>Reads the field whose opening quote is at a position.</summary>
    public static ReadOnlyMemory<char> Read(TextFormat format, char[] buffer, ref int position, int end, out bool badQuoting)
    {
        var start = position + 1;
        var close = Close(format, buffer, start, end, out var escaped);
        badQuoting = close < 0;
        position = badQuoting ? end : close + 1;
        for (; position < end && !format.IsSeparator(buffer[position]); position++)
            badQuoting |= buffer[position] != ' ';
        if (badQuoting)
            return default;
        var text = buffer.AsMemory(start, close - start);
        return escaped ? Unescape(format, text.Span).AsMemory() : text;
    }

    /// <summary>The index of the closing quote, or -1 if there is none before the end.</summary>
    public static int Close(TextFormat format, ReadOnlySpan<char> buffer, int start, int end, out bool escaped)
    {
        escaped = false;
        for (var i = start; i < end; i++)
        {
            var c = buffer[i];
            if (c is '\n' or '\r')
            {
                escaped = true;
            }
            else if (format.Escape != '"' && c == format.Escape)
            {
                escaped = true;
                if (++i >= end)
                    return -1;
            }
            else if (c == '"')
            {
                if (format.Escape != '"' || i + 1 >= end || buffer[i + 1] != '"')
                    return i;
                escaped = true;
                i++;
            }
        }

        return -1;
    }

    // Line breaks inside a field become a single line feed; an escape character not before a quote stays.
    private static string Unescape(TextFormat format, ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '\r')
            {
                result.Append('\n');
                i += next == '\n' ? 1 : 0;
            }
            else if (text[i] == format.Escape && next == '"')
            {
                result.Append('"');
                i++;
            }
            else if (text[i] == format.Escape && format.Escape != '"')
            {
                result.Append(text[i]).Append(next);
                i++;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
