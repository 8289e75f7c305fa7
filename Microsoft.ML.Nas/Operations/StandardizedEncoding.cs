using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Numbers as they are, standardised: one feature each.</summary>
public sealed record StandardizedEncoding : TableEncoding
{
    private protected override int NumberFeatures(TableShape table) => table.Numbers;

    private protected override NumberEncodingModule CreateNumberModule(TableShape table) => new StandardizedModule();

    private sealed class StandardizedModule() : NumberEncodingModule(nameof(StandardizedModule))
    {
        public override Tensor forward(Tensor input) => input.alias();

        public override GraphValue Emit(GraphBuilder graph, GraphValue row, TableShape table) => Numbers(graph, row, table);
    }
}
