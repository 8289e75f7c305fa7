namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>The pieces of <see cref="Scratch"/>.</summary>
internal enum ScratchPiece
{
    PaddedInput,
    PaddedInputs,
    PaddedPooling,
    PaddedGradient,
    Chosen,
    Plane,
    Filtered,
    Output,
    FilteredGradient,
    OutputGradient,
    RectifiedGradient,
    DirectGradient,
    WeightSums,
    States,
    CellStates,
    NoState,
    GateSums,
}
