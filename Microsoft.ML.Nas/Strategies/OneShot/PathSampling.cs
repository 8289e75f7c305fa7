namespace Microsoft.ML.Nas;

/// <summary>Which architectures of a supernet are trained in a step.</summary>
public enum PathSampling
{
    /// <summary>One architecture, drawn uniformly (Guo 2020, "Single Path One-Shot Neural Architecture Search with Uniform Sampling").</summary>
    Uniform,

    /// <summary>
    /// As many architectures as the largest decision has options, such that every option of a decision is in equally many of them, their gradients added up
    /// (Chu 2021, "FairNAS", strict fairness). A step costs that many times as much. A decision with fewer options fills up with options drawn without replacement.
    /// </summary>
    StrictFair,

    /// <summary>
    /// The largest architecture first, then ever shallower ones, then ever narrower ones too (Cai 2020, "Once-for-All", progressive shrinking):
    /// a third of the training each. Depths are the decisions of a <see cref="Spaces.Repeat"/>, widths those in operations' settings; choices of blocks
    /// are drawn uniformly all the time.
    /// </summary>
    ProgressiveShrinking,
}
