using System.Diagnostics;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>
/// Threads that help with one list of work items at a time. Operations hand out work several times a millisecond, so a thread that has run out of work
/// looks out for more for a moment before it sleeps; never for long, since it takes the time from other processes.
/// </summary>
internal static class Workers
{
    private static readonly TimeSpan Patience = Environment.ProcessorCount > 1 ? TimeSpan.FromMicroseconds(100) : TimeSpan.Zero;
    private static readonly Lock Busy = new();
    private static readonly object Gate = new();
    private static volatile WorkList? _list;
    private static int _count;

    /// <summary>Runs work items on so many threads, the caller's among them; on the caller's alone while another caller has the threads.</summary>
    /// <exception cref="AggregateException">An item failed.</exception>
    public static void Run(int items, int threads, Action<int, Scratch> work)
    {
        var list = new WorkList(items, threads, work);
        if (threads <= 1 || !Busy.TryEnter())
        {
            list.Help();
            list.Complete();
            return;
        }
        try
        {
            for (; _count < threads - 1; _count++) new Thread(Loop) { IsBackground = true, Name = nameof(Workers) }.Start();
            lock (Gate)
            {
                _list = list;
                Monitor.PulseAll(Gate);
            }
            list.Help();
            list.Complete();
        }
        finally
        {
            _list = null;
            Busy.Exit();
        }
    }

    private static void Loop()
    {
        WorkList? last = null;
        while (true)
        {
            last = Next(last);
            last.Help();
        }
    }

    private static WorkList Next(WorkList? last)
    {
        var since = Stopwatch.GetTimestamp();
        do
        {
            if (_list is { } list && list != last) return list;
            Thread.SpinWait(20);
        }
        while (Stopwatch.GetElapsedTime(since) < Patience);
        lock (Gate)
        {
            while (true)
            {
                if (_list is { } list && list != last) return list;
                // The finished list would otherwise live as long as the sleep.
                last = null;
                Monitor.Wait(Gate);
            }
        }
    }
}
