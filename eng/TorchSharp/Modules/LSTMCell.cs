using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>One step of an LSTM: input [N, I] or [I], state (h, c) of [N, H] or [H], zero where absent.</summary>
    public sealed class LSTMCell : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
    {
        internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(LSTMCell))
        {
            var bound = 1 / Math.Sqrt(hiddenSize);
            Parameter Uniform(params long[] size) => (Parameter)empty(size, dtype, device).uniform_(-bound, bound).AsParameter().DetachFromDisposeScope();
            register_parameter(nameof(weight_ih), Uniform(4 * hiddenSize, inputSize));
            register_parameter(nameof(weight_hh), Uniform(4 * hiddenSize, hiddenSize));
            if (!bias) return;
            register_parameter(nameof(bias_ih), Uniform(4 * hiddenSize));
            register_parameter(nameof(bias_hh), Uniform(4 * hiddenSize));
        }

        [DisallowNull]
        public Parameter? weight_ih
        {
            get => get_parameter(nameof(weight_ih));
            set => ConditionallyRegisterParameter(nameof(weight_ih), value);
        }

        [DisallowNull]
        public Parameter? weight_hh
        {
            get => get_parameter(nameof(weight_hh));
            set => ConditionallyRegisterParameter(nameof(weight_hh), value);
        }

        [DisallowNull]
        public Parameter? bias_ih
        {
            get => get_parameter(nameof(bias_ih));
            set => ConditionallyRegisterParameter(nameof(bias_ih), value);
        }

        [DisallowNull]
        public Parameter? bias_hh
        {
            get => get_parameter(nameof(bias_hh));
            set => ConditionallyRegisterParameter(nameof(bias_hh), value);
        }

        public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
        {
            using var scope = NewDisposeScope();
            var (wih, whh) = (weight_ih!, weight_hh!);
            var size = input.ndim == 2 ? new[] { input.size(0), whh.size(1) } : [whh.size(1)];
            var (h, c) = h0_c0 ?? (zeros(size, input.dtype, input.device), zeros(size, input.dtype, input.device));
            var (hidden, cell) = nn.functional.LstmCell(input, h, c, wih, whh, bias_ih, bias_hh);
            return scope.MoveToOuter(hidden, cell);
        }

        public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>All weights are uniform in ±1/√hiddenSize.</summary>
            public static Modules.LSTMCell LSTMCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, bias, device, dtype);
        }
    }
}
