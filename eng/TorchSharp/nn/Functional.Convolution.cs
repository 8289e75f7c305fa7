namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Keep(Native.ts_conv1d(input.Handle, weight.Handle, HandleOf(bias), stride ?? 1, padding ?? 0, dilation ?? 1, groups), input, weight, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
            {
                fixed (long* s = strides ?? [1], p = padding ?? [0], d = dilation ?? [1])
                {
                    return Keep(
                        Native.ts_conv2d(input.Handle, weight.Handle, HandleOf(bias), new(s, strides?.Length ?? 1), new(p, padding?.Length ?? 1), new(d, dilation?.Length ?? 1), groups),
                        input, weight, bias);
                }
            }

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var name = mode switch
                {
                    PaddingModes.Reflect => "reflect\0"u8,
                    PaddingModes.Replicate => "replicate\0"u8,
                    PaddingModes.Circular => "circular\0"u8,
                    _ => "constant\0"u8,
                };
                fixed (long* p = pad)
                fixed (byte* m = name)
                    return Keep(Native.ts_pad(input.Handle, new(p, pad.Length), m, value), input);
            }
        }
    }
}
