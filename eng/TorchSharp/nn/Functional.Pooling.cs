namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
            {
                fixed (long* k = kernel_size, s = strides ?? kernel_size, p = padding ?? [0], d = dilation ?? [1])
                {
                    return Keep(
                        Native.ts_max_pool2d(input.Handle, new(k, kernel_size.Length), new(s, (strides ?? kernel_size).Length), new(p, padding?.Length ?? 1), new(d, dilation?.Length ?? 1), ceil_mode),
                        input);
                }
            }

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
            {
                fixed (long* k = kernel_size, s = stride ?? kernel_size, p = padding ?? [0])
                {
                    return Keep(
                        Native.ts_avg_pool2d(input.Handle, new(k, kernel_size.Length), new(s, (stride ?? kernel_size).Length), new(p, padding?.Length ?? 1), ceil_mode, count_include_pad, NativeScalar.From(divisor_override)),
                        input);
                }
            }
        }
    }
}
