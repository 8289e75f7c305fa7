namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>How a supernet is trained.</summary>
/// <param name="Epochs">The number of epochs where nothing else limits them.</param>
/// <param name="TimeShare">The share of the time left that the training may use.</param>
/// <param name="WeightDecay">The weights' decoupled weight decay.</param>
/// <param name="HeldOutShare">The share of the training rows that are held out to choose among options; null to divide nothing.</param>
/// <param name="ChannelParts">The number of parts of its channels that a choice works on one of.</param>
internal sealed record SupernetPlan(int Epochs, double TimeShare, double WeightDecay, double? HeldOutShare, int ChannelParts = 1);
