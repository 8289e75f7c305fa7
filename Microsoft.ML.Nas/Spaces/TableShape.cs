using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// One encoded row of a table: <see cref="Numbers"/> standardised numbers, then one category code per categorical column.
/// Codes are whole numbers stored as floats, 0 for a missing or never seen category.
/// </summary>
public sealed record TableShape : Shape
{
    /// <summary>Creates the shape of an encoded row.</summary>
    /// <param name="quantiles">For each number, strictly increasing bin edges on the standardised scale, from the training rows: at least two.</param>
    /// <param name="cardinalities">For each categorical column, the number of codes, code 0 included.</param>
    /// <exception cref="ArgumentException">There is no column, a number has fewer than two edges, or its edges do not increase.</exception>
    public TableShape(ImmutableArray<ImmutableArray<float>> quantiles, ImmutableArray<int> cardinalities)
        : base(quantiles.Length + cardinalities.Length)
    {
        for (var column = 0; column < quantiles.Length; column++)
        {
            var edges = quantiles[column];
            if (edges.Length < 2)
                throw new ArgumentException($"Number {column} has {edges.Length} quantile edges; at least two are needed.", nameof(quantiles));
            for (var i = 1; i < edges.Length; i++)
                if (!(edges[i] > edges[i - 1]))
                    throw new ArgumentException($"Number {column}'s quantile edges do not increase: {edges[i - 1]} then {edges[i]}.", nameof(quantiles));
        }
        foreach (var cardinality in cardinalities)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cardinality, nameof(cardinalities));
        Quantiles = quantiles;
        Cardinalities = cardinalities;
    }

    /// <summary>The number of numeric features; they come first in a row.</summary>
    public int Numbers => Quantiles.Length;

    /// <summary>The number of categorical columns; their codes follow the numbers.</summary>
    public int Categories => Cardinalities.Length;

    /// <summary>For each number, strictly increasing bin edges on the standardised scale.</summary>
    public ImmutableArray<ImmutableArray<float>> Quantiles { get; }

    /// <summary>For each categorical column, the number of codes, code 0 (missing or never seen) included.</summary>
    public ImmutableArray<int> Cardinalities { get; }

    /// <inheritdoc/>
    public bool Equals(TableShape? other) =>
        other is not null && Cardinalities.SequenceEqual(other.Cardinalities) && Quantiles.Length == other.Quantiles.Length
        && Quantiles.Zip(other.Quantiles).All(static pair => pair.First.SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numbers, Categories);
}
