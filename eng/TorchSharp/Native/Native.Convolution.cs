using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Convolutions, pooling and padding: native/conv.cpp.</summary>
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern nint ts_conv1d(nint x, nint w, nint b, long stride, long padding, long dilation, long groups);
    [DllImport(Library)] internal static extern nint ts_conv2d(nint x, nint w, nint b, NativeLongs stride, NativeLongs padding, NativeLongs dilation, long groups);
    [DllImport(Library)] internal static extern nint ts_max_pool2d(nint x, NativeLongs size, NativeLongs stride, NativeLongs padding, NativeLongs dilation, bool ceil);
    [DllImport(Library)] internal static extern nint ts_avg_pool2d(nint x, NativeLongs size, NativeLongs stride, NativeLongs padding, bool ceil, bool count_padding, NativeScalar divisor);
    [DllImport(Library)] internal static extern nint ts_pad(nint x, NativeLongs pad, byte* mode, double value);
}
