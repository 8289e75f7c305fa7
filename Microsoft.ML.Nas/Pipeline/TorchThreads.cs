using static TorchSharp.torch;

namespace Microsoft.ML.Nas;

/// <summary>Sets the number of threads that LibTorch computes with, and puts the old number back when disposed.</summary>
internal sealed class TorchThreads : IDisposable
{
    private readonly int _before = get_num_threads();

    public TorchThreads(int? threads)
    {
        if (threads is { } number) set_num_threads(number);
    }

    public void Dispose()
    {
        if (get_num_threads() != _before) set_num_threads(_before);
    }
}
