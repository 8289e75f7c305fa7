namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <param name="input">Logits of shape [N, C, ...].</param>
            /// <param name="target">Class indices of shape [N, ...], or probabilities of the input's shape.</param>
            /// <param name="weight">One weight a class.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Keep(Native.ts_cross_entropy(input.Handle, target.Handle, HandleOf(weight), ignore_index, (long)reduction, label_smoothing), input, target, weight);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Keep(Native.ts_nll_loss(input.Handle, target.Handle, HandleOf(weight), (long)reduction, -100), input, target, weight);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Keep(Native.ts_bce(input.Handle, target.Handle, HandleOf(weight), (long)reduction), input, target, weight);

            /// <param name="input">Logits.</param>
            /// <param name="target">Probabilities of the input's shape.</param>
            /// <param name="weight">A factor for each element's loss.</param>
            /// <param name="pos_weights">A factor for positives, one a class.</param>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Keep(Native.ts_bce_logits(input.Handle, target.Handle, HandleOf(weight), HandleOf(pos_weights), (long)reduction), input, target, weight, pos_weights);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Keep(Native.ts_mse_loss(input.Handle, target.Handle, (long)reduction), input, target);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Keep(Native.ts_l1_loss(input.Handle, target.Handle, (long)reduction), input, target);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Keep(Native.ts_smooth_l1_loss(input.Handle, target.Handle, (long)reduction, beta), input, target);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Keep(Native.ts_huber_loss(input.Handle, target.Handle, delta, (long)reduction), input, target);

            /// <param name="input">Log-probabilities.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Keep(Native.ts_kl_div(input.Handle, target.Handle, (long)reduction, log_target), input, target);
        }
    }
}
