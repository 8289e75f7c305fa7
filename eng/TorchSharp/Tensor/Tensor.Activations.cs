namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor relu() => Make(Native.ts_relu(Handle));

        public Tensor relu_() => Self(Native.ts_relu_(Handle));

        public Tensor relu6() => Make(Native.ts_relu6(Handle));

        public Tensor relu6_() => Self(Native.ts_relu6_(Handle));

        public Tensor selu() => Make(Native.ts_selu(Handle));

        public Tensor selu_() => Self(Native.ts_selu_(Handle));

        public Tensor sigmoid() => Make(Native.ts_sigmoid(Handle));

        public Tensor sigmoid_() => Self(Native.ts_sigmoid_(Handle));

        public Tensor silu() => Make(Native.ts_silu(Handle));

        public Tensor silu_() => Self(Native.ts_silu_(Handle));

        public Tensor hardswish() => Make(Native.ts_hardswish(Handle));

        public Tensor hardswish_() => Self(Native.ts_hardswish_(Handle));

        public Tensor hardsigmoid() => Make(Native.ts_hardsigmoid(Handle));

        public Tensor hardsigmoid_() => Self(Native.ts_hardsigmoid_(Handle));

        public Tensor gelu() => Make(Native.ts_gelu(Handle, false));

        public Tensor gelu(Modules.GELU.Approximate approximate) => Make(Native.ts_gelu(Handle, approximate == Modules.GELU.Approximate.tanh));

        public Tensor gelu_() => Self(Native.ts_gelu_(Handle, false));

        public Tensor gelu_(Modules.GELU.Approximate approximate) => Self(Native.ts_gelu_(Handle, approximate == Modules.GELU.Approximate.tanh));

        public Tensor leaky_relu(Scalar negative_slope) => Make(Native.ts_leaky_relu(Handle, negative_slope));

        public Tensor leaky_relu_(Scalar negative_slope) => Self(Native.ts_leaky_relu_(Handle, negative_slope));

        public Tensor elu(double alpha = 1) => Make(Native.ts_elu(Handle, alpha, 1.0, 1.0));

        public Tensor elu_(double alpha = 1) => Self(Native.ts_elu_(Handle, alpha, 1.0, 1.0));

        public Tensor hardtanh(Scalar min, Scalar max) => Make(Native.ts_hardtanh(Handle, min, max));

        public Tensor hardtanh_(Scalar min, Scalar max) => Self(Native.ts_hardtanh_(Handle, min, max));

        public Tensor softplus(double beta = 1, double threshold = 20) => Make(Native.ts_softplus(Handle, beta, threshold));

        public Tensor log_sigmoid() => Make(Native.ts_log_sigmoid(Handle));

        public Tensor glu(long dim = -1) => Make(Native.ts_glu(Handle, dim));

        public Tensor prelu(Tensor target) => Make(Native.ts_prelu(Handle, target.Handle), target);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Make(Native.ts_softmax(Handle, dim, Code(dtype)));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Make(Native.ts_log_softmax(Handle, dim, Code(dtype)));

        internal Tensor mish() => Make(Native.ts_mish(Handle));

        internal Tensor mish_() => Self(Native.ts_mish_(Handle));
    }
}
