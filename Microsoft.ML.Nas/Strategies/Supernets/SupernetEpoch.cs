namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>One epoch of a supernet's training.</summary>
/// <param name="Index">Its number, counted from 0.</param>
/// <param name="Progress">How far schedules are: 0 in the first two epochs, 1 in the last one planned.</param>
/// <param name="Random">Seeded for this epoch, as the default generator of tensors is.</param>
internal sealed record SupernetEpoch(int Index, double Progress, System.Random Random);
