using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations.Recurrent;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>A layer of gated recurrent units (Cho 2014), the reset gate after the multiplication with the recurrence weights, as cuDNN and PyTorch have it.</summary>
/// <inheritdoc cref="RecurrentLayer"/>
public sealed record Gru(Setting<int> Units, bool IsBidirectional = false) : RecurrentLayer(Units, IsBidirectional)
{
    // ONNX: update, reset, hidden; PyTorch: reset, update, new.
    internal override int[] OnnxGates => [1, 0, 2];

    private protected override GateKernel Kernel => GruKernel.Instance;

    private protected override DirectionModule CreateDirection(int features)
    {
        var layer = GRU(features, Units.Value, batchFirst: true);
        return new(layer, input =>
        {
            var (output, _) = layer.call(input);
            return output;
        });
    }

    internal override GraphValue EmitLayer(GraphBuilder graph, GraphValue sequences, GraphValue weights, GraphValue recurrence, GraphValue bias, GraphValue? lengths, RecurrentDirection direction) =>
        graph.Gru(sequences, weights, recurrence, bias, lengths, direction, linearBeforeReset: true);
}
