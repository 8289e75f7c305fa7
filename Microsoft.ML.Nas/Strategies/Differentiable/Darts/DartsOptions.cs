namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Darts"/>.</summary>
public class DartsOptions : BilevelOptions
{
    /// <summary>
    /// Whether the architecture step looks one weight step ahead (the paper's second order: about 2.5 times the work a step). Default false: first order.
    /// </summary>
    public bool SecondOrder { get; set; }

    /// <summary>
    /// How far the mixture may be moved at random, per option, while the weights learn, so that the loss stays flat around it (Chen and Hsieh 2020, SDARTS with
    /// random smoothing): grows from at most 0.03 to this over the epochs. Default 0: not moved. The paper has 0.3.
    /// </summary>
    public double Perturbation { get; set; }

    /// <summary>
    /// The probability with which an option is left out of a step on the weights (Zela 2020, R-DARTS, which drops paths per example): grows from 0
    /// to this over the epochs. At least one option of a decision stays. Default 0. The paper has 0.2 to 0.6.
    /// </summary>
    public double DropPath { get; set; }

    internal override void Validate()
    {
        base.Validate();
        if (Perturbation is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Perturbation), Perturbation, "The perturbation must lie between 0 and 1.");
        if (DropPath is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(DropPath), DropPath, "The probability must be at least 0 and below 1.");
    }
}
