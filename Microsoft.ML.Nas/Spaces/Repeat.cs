namespace Microsoft.ML.Nas.Spaces;

/// <summary>A block several times in a row; how often is a decision where <see cref="Min"/> differs from <see cref="Max"/>.</summary>
public sealed record Repeat : Block
{
    /// <summary>Creates a repetition.</summary>
    /// <param name="name">The name of the depth decision and the prefix of the copies' decisions.</param>
    /// <param name="body">The block that is repeated; its output must fit its own input.</param>
    /// <param name="min">The smallest number of copies, at least 0.</param>
    /// <param name="max">The largest number of copies, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers of copies are out of range.</exception>
    public Repeat(string name, Block body, int min, int max)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, Math.Max(1, min));
        (Name, Body, Min, Max) = (name, body, min, max);
    }

    /// <summary>The name of the depth decision.</summary>
    public string Name { get; }

    /// <summary>The block that is repeated.</summary>
    public Block Body { get; }

    /// <summary>The smallest number of copies.</summary>
    public int Min { get; }

    /// <summary>The largest number of copies.</summary>
    public int Max { get; }

    /// <summary>Whether all copies follow the same decisions; each has its own weights all the same. Default false: every copy decides for itself.</summary>
    public bool ShareDecisions { get; init; }
}
