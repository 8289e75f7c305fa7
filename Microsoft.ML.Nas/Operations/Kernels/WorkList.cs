namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Work items that several threads take one by one. A thread that comes too late finds nothing left, and nobody waits for it.</summary>
/// <param name="items">The number of items.</param>
/// <param name="helpers">The most threads that take part.</param>
/// <param name="work">Does an item, in memory of the thread's own.</param>
internal sealed class WorkList(int items, int helpers, Action<int, Scratch> work)
{
    private Exception? _error;
    private int _helpers;
    private int _next;
    private int _done;

    /// <summary>Takes items until none is left.</summary>
    public void Help()
    {
        if (Interlocked.Increment(ref _helpers) > helpers || Volatile.Read(ref _next) >= items) return;
        var scratch = Scratch.Rent();
        for (var item = Interlocked.Increment(ref _next) - 1; item < items; item = Interlocked.Increment(ref _next) - 1)
        {
            try
            {
                if (Volatile.Read(ref _error) is null) work(item, scratch);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref _error, error, null);
            }
            Interlocked.Increment(ref _done);
        }
        Scratch.Return(scratch);
    }

    /// <summary>Waits until the items that others took are done.</summary>
    public void Complete()
    {
        var wait = new SpinWait();
        while (Volatile.Read(ref _done) < items) wait.SpinOnce(sleep1Threshold: -1);
        if (_error is { } error) throw new AggregateException("Computing an operation or its gradients failed.", error);
    }
}
