namespace Microsoft.ML.Nas;

/// <summary>A process that worked on a study.</summary>
/// <param name="Worker">The machine's name, the process's number and when it began.</param>
/// <param name="Started">When it began, in UTC.</param>
/// <param name="Spent">How far the study's clock had come when it was last heard of, in seconds of search.</param>
/// <param name="Description">The machine, the libraries' versions and the budget, as JSON.</param>
public sealed record RunRecord(string Worker, DateTimeOffset Started, double Spent, string Description);
