namespace Microsoft.ML.Nas.Spaces;

/// <summary>What must hold for every architecture of a space.</summary>
/// <param name="Description">What it is called in errors and in the space's hash.</param>
/// <param name="Holds">Whether it holds.</param>
internal sealed record SpaceConstraint(string Description, Func<Architecture, bool> Holds);
