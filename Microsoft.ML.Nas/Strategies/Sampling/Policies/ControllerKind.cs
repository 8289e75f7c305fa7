namespace Microsoft.ML.Nas;

/// <summary>What proposes architectures in policy-gradient searches.</summary>
public enum ControllerKind
{
    /// <summary>An LSTM that takes the decisions one after another (Zoph and Le 2017).</summary>
    Lstm,

    /// <summary>A distribution for each decision on its own (Ying 2019, Dong and Yang 2020).</summary>
    Independent,
}
