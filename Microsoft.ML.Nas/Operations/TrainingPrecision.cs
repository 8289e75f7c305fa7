namespace Microsoft.ML.Nas;

/// <summary>
/// The numbers that networks and supernets are trained in: mixed precision (Micikevicius 2018, "Mixed Precision Training"). What is stored,
/// compared, predicted and exported is float32 whatever is chosen.
/// </summary>
/// <remarks>
/// In a low precision, convolutions, linear layers and attention's matrix products take their inputs and weights rounded, and activations, poolings and
/// batch normalisation (whose statistics are float32) go on with what those give. Layer and group normalisation, softmax, recurrent layers,
/// embeddings, encodings of table columns, operations of your own, prediction heads and losses are computed in float32, and so are weights,
/// gradients as they are summed, and optimisers: the rounding is part of what is differentiated. Validation, predictions, zero-cost proxies and robustness figures
/// are computed by the float32 network. Tensor cores of a CUDA GPU are what it pays on. CPUs are slower than with float32 where that has kernels of
/// our own, above all in supernets of cells, and quicker only where they have bfloat16 instructions.
/// </remarks>
public enum TrainingPrecision
{
    /// <summary>Everything is float32.</summary>
    Float32,

    /// <summary>
    /// bfloat16: the range of float32 with 8 bits of precision. Runs on every device; GPUs have tensor cores for it from compute capability 8.0
    /// (Ampere) on and are slow before, which TorchSharp cannot ask them.
    /// </summary>
    BFloat16,

    /// <summary>
    /// float16: 11 bits of precision and a range from 6e-8 to 65504. Losses are scaled so that small gradients are not lost: by 2¹⁶ at first, by half as much
    /// after a gradient that is not finite, whose step is skipped, twice as much after 2,000 steps without one. CUDA GPUs only, since LibTorch has no
    /// float16 convolutions on CPUs.
    /// </summary>
    Float16,
}
