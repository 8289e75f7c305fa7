using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>GRU layers over sequences of shape [L, N, I], or [N, L, I] with batchFirst; state of [layers · directions, N, H], zero where absent.</summary>
    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly long hiddenSize, layers;
        private readonly bool bias, batchFirst, bidirectional;
        private readonly double dropout;

        internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(GRU))
        {
            (this.hiddenSize, layers, this.bias, this.batchFirst, this.dropout, this.bidirectional) = (hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
            var bound = 1 / Math.Sqrt(hiddenSize);
            void Uniform(string name, params long[] size) =>
                register_parameter(name, (Parameter)empty(size, dtype, device).uniform_(-bound, bound).AsParameter().DetachFromDisposeScope());
            var directions = bidirectional ? 2 : 1;
            for (var layer = 0; layer < numLayers; layer++)
            {
                for (var direction = 0; direction < directions; direction++)
                {
                    var suffix = $"l{layer}{(direction == 1 ? "_reverse" : "")}";
                    Uniform($"weight_ih_{suffix}", 3 * hiddenSize, layer == 0 ? inputSize : hiddenSize * directions);
                    Uniform($"weight_hh_{suffix}", 3 * hiddenSize, hiddenSize);
                    if (!bias) continue;
                    Uniform($"bias_ih_{suffix}", 3 * hiddenSize);
                    Uniform($"bias_hh_{suffix}", 3 * hiddenSize);
                }
            }
        }

        /// <returns>The outputs of the last layer, and the last hidden states.</returns>
        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            using var scope = NewDisposeScope();
            var batch = input.size(batchFirst ? 0 : 1);
            var h = h0 ?? zeros([layers * (bidirectional ? 2 : 1), batch, hiddenSize], input.dtype, input.device);
            var (output, hidden) = nn.functional.Gru(input, h, parameters(false).ToArray(), bias, layers, dropout, training, bidirectional, batchFirst);
            return scope.MoveToOuter(output, hidden);
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>All weights are uniform in ±1/√hiddenSize.</summary>
            public static Modules.GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
