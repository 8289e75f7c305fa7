using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Computes <see cref="RecurrentActivation"/>.</summary>
internal static class RecurrentActivations
{
    public static Tensor Apply(this RecurrentActivation activation, Tensor x) => activation switch
    {
        RecurrentActivation.Tanh => x.tanh(),
        RecurrentActivation.Relu => x.relu(),
        RecurrentActivation.Sigmoid => x.sigmoid(),
        _ => x,
    };

    public static GraphValue Apply(this RecurrentActivation activation, GraphBuilder graph, GraphValue x) => activation switch
    {
        RecurrentActivation.Tanh => graph.Tanh(x),
        RecurrentActivation.Relu => graph.Relu(x),
        RecurrentActivation.Sigmoid => graph.Sigmoid(x),
        _ => x,
    };

    /// <summary>The name in genotypes: lower case.</summary>
    public static string Label(this RecurrentActivation activation) => activation switch
    {
        RecurrentActivation.Tanh => "tanh",
        RecurrentActivation.Relu => "relu",
        RecurrentActivation.Sigmoid => "sigmoid",
        _ => "identity",
    };
}
