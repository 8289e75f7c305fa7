namespace Microsoft.ML.Nas.Spaces;

/// <summary>An edge of a cell.</summary>
/// <param name="From">The node it reads. A cell's inputs are nodes 0 and, where there are two, 1; its intermediate nodes follow.</param>
/// <param name="To">The node it adds to; later than <paramref name="From"/>.</param>
/// <param name="Block">What it computes; a <see cref="Choice"/> where it is to be searched.</param>
public sealed record CellEdge(int From, int To, Block Block)
{
    /// <summary>What the option taken is called, in an architecture whose edge was a choice; else null.</summary>
    public string? Label { get; init; }
}
