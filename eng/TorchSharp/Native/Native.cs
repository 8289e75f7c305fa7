using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The C interface of native/shim.h. A null handle or a false says that <see cref="Error"/> has the reason.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "TorchShim";

    /// <summary>The exception for the native call that just failed on this thread.</summary>
    internal static ExternalException Error()
    {
        var message = Marshal.PtrToStringUTF8((nint)ts_last_error());
        return new ExternalException(string.IsNullOrEmpty(message) ? "LibTorch failed without a message." : message);
    }

    /// <summary>Hands a native array of new handles over to managed tensors.</summary>
    internal static torch.Tensor[] Adopt(nint* handles, long count)
    {
        if (handles is null) throw Error();
        var tensors = new torch.Tensor[count];
        // The gradient of an unused input is an empty tensor (IsInvalid), not null: the real library does the same.
        for (var i = 0; i < count; i++) tensors[i] = new torch.Tensor(handles[i]);
        ts_free((nint)handles);
        return tensors;
    }

    /// <summary>
    /// OpenMP's threads spin while they wait, which starves OpenBLAS's own pool on few cores. libgomp reads the environment when it is
    /// loaded, and .NET's environment never reaches it, so this runs before the first native call.
    /// </summary>
    [ModuleInitializer]
    internal static void LetWaitingThreadsSleep()
    {
        if (OperatingSystem.IsLinux())
        {
            fixed (byte* name = "OMP_WAIT_POLICY\0"u8, value = "PASSIVE\0"u8) _ = setenv(name, value, 0);
        }
    }

    [DllImport("libc")] private static extern int setenv(byte* name, byte* value, int overwrite);
}
