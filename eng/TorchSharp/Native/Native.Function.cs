using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    /// <summary>The managed side of an autograd function. A negative count of results says that it threw.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ManagedFunction
    {
        internal delegate* unmanaged<nint, nint, nint*, long, nint**, long> Forward, Backward;
        internal delegate* unmanaged<nint, void> Release;
        internal nint Call;
    }

    [DllImport(Library)] internal static extern nint* ts_function_apply(NativeHandles inputs, ManagedFunction function, long* count);
    [DllImport(Library)] internal static extern bool ts_context_save_for_backward(nint context, NativeHandles tensors);
    [DllImport(Library)] internal static extern nint* ts_context_saved(nint context, long* count);
    [DllImport(Library)] internal static extern bool ts_context_mark_dirty(nint context, NativeHandles tensors);
    [DllImport(Library)] internal static extern bool ts_context_mark_non_differentiable(nint context, NativeHandles tensors);
    [DllImport(Library)] internal static extern bool ts_context_set_materialize_grads(nint context, bool on);
}
