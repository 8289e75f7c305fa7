namespace Microsoft.ML.Nas.Spaces;

/// <summary>A block whose decisions' names begin with the scope's: how one space stands inside another (<see cref="SearchSpace.AsBlock"/>).</summary>
/// <param name="Name">The prefix of its decisions' names.</param>
/// <param name="Body">The block.</param>
public sealed record Scope(string Name, Block Body) : Block
{
    /// <summary>Whether shared settings inside are decisions of the scope, and not those of the same name outside. Default true.</summary>
    public bool OwnsSharedSettings { get; init; } = true;
}
