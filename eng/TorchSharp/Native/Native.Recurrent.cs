using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Recurrent layers: native/recurrent.cpp.</summary>
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern bool ts_gru(nint x, nint h, NativeHandles @params, bool bias, long layers, double dropout, bool training, bool bidirectional, bool batch_first, nint* @out);
}
