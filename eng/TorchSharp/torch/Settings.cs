namespace TorchSharp;

public static partial class torch
{
    /// <summary>The number of threads of both LibTorch's loops and its BLAS.</summary>
    public static void set_num_threads(int num)
    {
        if (!Native.ts_set_num_threads(num)) throw Native.Error();
    }

    public static int get_num_threads() => Native.ts_get_num_threads();

    public static void set_num_interop_threads(int num)
    {
        if (!Native.ts_set_num_interop_threads(num)) throw Native.Error();
    }

    public static int get_num_interop_threads() => Native.ts_get_num_interop_threads();

    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => Native.ts_is_grad_enabled();

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ts_is_inference_mode();
}

/// <summary>Switches gradient recording on this thread until disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool previous;

    public AutoGradMode(bool enabled)
    {
        previous = Native.ts_is_grad_enabled();
        Native.ts_set_grad_enabled(enabled);
    }

    public void Dispose() => Native.ts_set_grad_enabled(previous);
}

/// <summary>Switches LibTorch's inference mode on this thread until disposed.</summary>
internal sealed class InferenceMode(bool mode) : IDisposable
{
    private nint guard = Native.ts_inference_mode(mode);

    public void Dispose()
    {
        if (guard == 0) return;
        Native.ts_inference_mode_end(guard);
        guard = 0;
    }
}
