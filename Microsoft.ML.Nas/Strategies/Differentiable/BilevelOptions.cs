namespace Microsoft.ML.Nas;

/// <summary>What strategies let one choose whose architecture parameters learn from other rows than the weights.</summary>
public abstract class BilevelOptions : DifferentiableOptions
{
    private protected BilevelOptions()
    {
    }

    /// <summary>The share of the training rows that the architecture parameters learn from; the weights learn from the others. Default 0.5, as in the DARTS paper.</summary>
    public double ArchitectureShare { get; set; } = 0.5;

    internal override void Validate()
    {
        base.Validate();
        ThrowUnlessShare(ArchitectureShare, nameof(ArchitectureShare));
    }
}
