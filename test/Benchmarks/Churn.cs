namespace Benchmarks;

/// <summary>What a prediction engine answers.</summary>
internal sealed class Churn
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }
}
