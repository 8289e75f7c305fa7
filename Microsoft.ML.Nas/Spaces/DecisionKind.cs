namespace Microsoft.ML.Nas.Spaces;

/// <summary>What a decision changes, and so how it can be ranked.</summary>
public enum DecisionKind
{
    /// <summary>What the network computes. Shared weights can rank it.</summary>
    Structure,

    /// <summary>
    /// How training is held back or averaged (dropout rates, ensemble members). A supernet's loss always favours less of it,
    /// so weight-sharing strategies keep it at its default and rank it by training architectures on their own.
    /// </summary>
    Regularization,

    /// <summary>
    /// Which edges of a cell are kept. Samplers take it like any other decision. Where the edges' operations are mixed, all edges run and
    /// this decision has no weights of its own: the strongest edges are kept (<see cref="SearchSpace.Derive"/>).
    /// </summary>
    Topology,
}
