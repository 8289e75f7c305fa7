namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// A block whose decisions are named after it, and whose shared settings are its own: how one space stands inside another
/// (<see cref="SearchSpace.AsBlock"/>).
/// </summary>
/// <param name="Name">The prefix of its decisions' names.</param>
/// <param name="Body">The block.</param>
public sealed record Scope(string Name, Block Body) : Block;
