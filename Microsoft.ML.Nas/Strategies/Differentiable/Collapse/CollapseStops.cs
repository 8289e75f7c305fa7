namespace Microsoft.ML.Nas;

/// <summary>The rules that can end a supernet's training early; any of those chosen does.</summary>
[Flags]
public enum CollapseStops
{
    /// <summary>No rule.</summary>
    None = 0,

    /// <summary>Too many options without parameters (Liang 2019, DARTS+): the architecture is derived from the last epoch that did not have them.</summary>
    ParameterFreeShare = 1,

    /// <summary>The order of every decision's options has not changed for some epochs (Liang 2019, DARTS+).</summary>
    StableRanking = 2,

    /// <summary>The largest eigenvalue has risen (Zela 2020): the architecture is derived from the epoch before the window.</summary>
    Eigenvalue = 4,
}
