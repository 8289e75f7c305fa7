namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Keep(Native.ts_linear(input.Handle, weights.Handle, HandleOf(bias)), input, weights, bias);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace) return Keep(Native.ts_dropout(input.Handle, p, training), input);
                if (!Native.ts_dropout_(input.Handle, p, training)) throw Native.Error();
                return input.alias();
            }

            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false)
            {
                var result = Keep(Native.ts_alpha_dropout(input.Handle, p, training), input);
                return inplace ? input.copy_(result).alias() : result;
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
            {
                fixed (long* p = normalized_shape)
                    return Keep(Native.ts_layer_norm(input.Handle, new(p, normalized_shape.Length), HandleOf(weight), HandleOf(bias), eps), input, weight, bias);
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Keep(Native.ts_group_norm(input.Handle, num_groups, HandleOf(weight), HandleOf(bias), eps), input, weight, bias);

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05)
            {
                var result = Keep(
                    Native.ts_batch_norm(input.Handle, HandleOf(weight), HandleOf(bias), HandleOf(running_mean), HandleOf(running_var), training, momentum, eps),
                    input, weight, bias, running_mean);
                GC.KeepAlive(running_var);
                return result;
            }

            /// <exception cref="ArgumentException">x is not of type Int64.</exception>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                if (x.dtype != ScalarType.Int64) throw new ArgumentException("OneHot input tensor must have elements of type Int64");
                return Keep(Native.ts_one_hot(x.Handle, num_classes), x);
            }

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                return input.div(input.norm((int)dim, true, (float)p).clamp_min(eps).expand_as(input)).MoveToOuterDisposeScope();
            }

            internal static Tensor Embed(Tensor input, Tensor table, long? padding, double? maxNorm, double normType, bool scaleByFrequency, bool sparse)
            {
                if (maxNorm is { } limit)
                {
                    using var contiguous = input.contiguous();
                    using var _ = no_grad();
                    if (!Native.ts_embedding_renorm_(table.Handle, contiguous.Handle, limit, normType)) throw Native.Error();
                }
                return Keep(Native.ts_embedding(table.Handle, input.Handle, padding ?? -1, scaleByFrequency, sparse), input, table);
            }

            private static Tensor Keep(nint result, Tensor a, Tensor? b = null, Tensor? c = null, Tensor? d = null)
            {
                GC.KeepAlive(a);
                GC.KeepAlive(b);
                GC.KeepAlive(c);
                GC.KeepAlive(d);
                return Tensor.Wrap(result);
            }
        }
    }
}
