using System.Globalization;
using System.Text;
using System.Xml;

namespace Microsoft.ML.Nas.Reports;

/// <summary>Writes HTML that is well-formed XML too. Everything that is not markup goes through an escape, so that no name or value can become markup.</summary>
internal sealed class HtmlWriter : IDisposable
{
    /// <summary>Elements whose short form <c>&lt;x/&gt;</c> a browser reads as meant: HTML's void elements and SVG's shapes.</summary>
    private static readonly HashSet<string> Short = ["meta", "br", "col", "rect", "circle", "path", "line", "polyline", "polygon"];

    private readonly XmlWriter _xml;
    private readonly Stack<string> _open = [];
    private int _ids;

    public HtmlWriter(Stream stream) => _xml = XmlWriter.Create(stream, new() { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None });

    /// <summary>Begins the document.</summary>
    public void DocType() => _xml.WriteDocType("html", null, null, null);

    /// <summary>Begins an element, which ends when the result is disposed. Attributes that are null are left out.</summary>
    public Scope Element(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
            if (value is not null) _xml.WriteAttributeString(attribute, Clean(value));
        _open.Push(name);
        return new(this);
    }

    /// <summary>An element with nothing inside.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes) => Element(name, attributes).Dispose();

    /// <summary>An element with text inside.</summary>
    public void Leaf(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Element(name, attributes)) Text(text);
    }

    /// <summary>Text.</summary>
    public void Text(string text) => _xml.WriteString(Clean(text));

    /// <summary>The content of a style or script element, which browsers do not unescape.</summary>
    /// <exception cref="ArgumentException">The content would end the element or is not well-formed as XML.</exception>
    public void Raw(string content)
    {
        if (content.AsSpan().ContainsAny('<', '&')) throw new ArgumentException("Inline styles and scripts must do without '<' and '&', which HTML and XML read differently.", nameof(content));
        _xml.WriteRaw(content);
    }

    /// <summary>An id that no other element of the document has.</summary>
    public string NewId() => $"e{++_ids}";

    /// <summary>A coordinate, to a tenth.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    public void Dispose() => _xml.Dispose();

    private void End()
    {
        if (Short.Contains(_open.Pop())) _xml.WriteEndElement();
        else _xml.WriteFullEndElement();
    }

    /// <summary>The text with characters that no document may hold replaced.</summary>
    private static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (pair || XmlConvert.IsXmlChar(text[i])) clean?.Append(text, i, pair ? 2 : 1);
            else (clean ??= new StringBuilder(text, 0, i, text.Length)).Append('\uFFFD');
            if (pair) i++;
        }
        return clean?.ToString() ?? text;
    }

    /// <summary>An element that is open.</summary>
    public readonly struct Scope(HtmlWriter html) : IDisposable
    {
        public void Dispose() => html.End();
    }
}
