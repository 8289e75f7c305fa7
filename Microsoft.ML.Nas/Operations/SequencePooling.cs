namespace Microsoft.ML.Nas.Operations;

/// <summary>How the steps of a sequence become one vector.</summary>
public enum SequencePooling
{
    /// <summary>The mean over all steps.</summary>
    Mean,

    /// <summary>Each feature's largest value.</summary>
    Max,

    /// <summary>Mean and largest values side by side, twice as many features (Howard 2018, ULMFiT).</summary>
    MeanAndMax,

    /// <summary>A mean weighted by the softmax of a learned linear score (Yang 2016).</summary>
    Attention,

    /// <summary>The first step, as of a class token.</summary>
    First,

    /// <summary>The last step, as of a recurrent layer.</summary>
    Last,
}
