namespace Microsoft.ML.Nas.Training;

/// <summary>Cancels its token when a time is over, or when another token is cancelled.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>What lies further ahead than timers reach is no limit.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <param name="time">The time, from now on; null for no end, and what is not positive is over.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellation">The other token.</param>
    public Deadline(TimeSpan? time, TimeProvider clock, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _timer = time is { } limit && limit < Furthest ? new(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, clock) : new();
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _timer.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the time that cancelled, and not the other token.</summary>
    public bool IsOver => _timer.IsCancellationRequested && !_cancellation.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
