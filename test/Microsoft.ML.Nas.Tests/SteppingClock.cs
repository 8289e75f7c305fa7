namespace Microsoft.ML.Nas.Tests;

/// <summary>A clock that moves only when it is told to, and then sets off the timers that are due.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private readonly List<SteppingTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public void Advance(TimeSpan time)
    {
        _now += time.Ticks;
        foreach (var timer in _timers.Where(timer => timer.Due <= _now).ToArray()) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppingTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SteppingTimer(SteppingClock clock, Action fire) : ITimer
    {
        public long Due { get; private set; }

        public void Fire()
        {
            clock._timers.Remove(this);
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._timers.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            Due = clock._now + dueTime.Ticks;
            clock._timers.Add(this);
            return true;
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
