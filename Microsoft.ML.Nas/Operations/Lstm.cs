using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations.Recurrent;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>A layer of long short-term memory (Hochreiter 1997; with forget gates, Gers 2000).</summary>
/// <inheritdoc cref="RecurrentLayer"/>
public sealed record Lstm(Setting<int> Units, bool IsBidirectional = false) : RecurrentLayer(Units, IsBidirectional)
{
    // ONNX: input, output, forget, cell; PyTorch: input, forget, cell, output.
    internal override int[] OnnxGates => [0, 3, 1, 2];

    private protected override GateKernel Kernel => LstmKernel.Instance;

    private protected override DirectionModule CreateDirection(int features)
    {
        var layer = LSTM(features, Units.Value, batchFirst: true);
        return new(layer, input =>
        {
            var (output, _, _) = layer.call(input);
            return output;
        });
    }

    internal override GraphValue EmitLayer(GraphBuilder graph, GraphValue sequences, GraphValue weights, GraphValue recurrence, GraphValue bias, GraphValue? lengths, RecurrentDirection direction) =>
        graph.Lstm(sequences, weights, recurrence, bias, lengths, direction);
}
