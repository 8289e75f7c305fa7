using System.Globalization;

namespace Benchmarks;

/// <summary>Command-line flags with values.</summary>
internal sealed class Flags
{
    private readonly Dictionary<string, string> _values = [];

    public Flags(string[] args)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 >= args.Length) throw new ArgumentException($"Expected '--flag value', found '{args[i]}'.");
            _values[args[i][2..]] = args[i + 1];
        }
    }

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public string[] List(string name, string otherwise) => Text(name, otherwise).Split(',');

    public int[] Numbers(string name, string otherwise) => [.. List(name, otherwise).Select(static text => int.Parse(text, CultureInfo.InvariantCulture))];

    public double Number(string name, double otherwise) => _values.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public int? Optional(string name) => _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
