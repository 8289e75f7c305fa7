using System.Diagnostics;
using System.Globalization;

namespace StudyWorker;

/// <summary>The worker program as a process of its own, seen by who starts it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    /// <param name="study">The study.</param>
    /// <param name="strategy">What the worker calls the strategy.</param>
    /// <param name="trials">The number of trials in all.</param>
    /// <param name="workers">The number of trials under way at once.</param>
    /// <param name="waits">Whether to wait for <see cref="Begin"/> or <see cref="Allow"/>.</param>
    public WorkerProcess(string study, string strategy, int trials, int workers = 1, bool waits = false)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "StudyWorker.dll"), study, strategy, $"{trials}", $"{workers}"]) start.ArgumentList.Add(argument);
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment["OMP_NUM_THREADS"] = "1";
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        _reading = Task.Run(async () =>
        {
            while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
                lock (_lines) _lines.Add(line);
            Errors = await errors.ConfigureAwait(false);
        });
        if (!waits) _process.StandardInput.Close();
    }

    /// <summary>What it wrote so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    /// <summary>The trials that it said were recorded.</summary>
    public int[] Trials => [.. Lines.Where(static line => line.StartsWith("trial ", StringComparison.Ordinal)).Select(static line => int.Parse(line.AsSpan(6), CultureInfo.InvariantCulture))];

    /// <summary>What it found; null where it did not get so far.</summary>
    public string? Found => Lines.LastOrDefault(static line => line.StartsWith("found ", StringComparison.Ordinal));

    /// <summary>What it wrote to the error stream, once it ended.</summary>
    public string Errors { get; private set; } = "";

    public int Id => _process.Id;

    /// <summary>Waits until it is ready, and has it run to its end.</summary>
    public void Begin()
    {
        WaitFor(static worker => worker.Lines.Contains("ready"));
        _process.StandardInput.Close();
    }

    /// <summary>Has it go on for some trials.</summary>
    public void Allow(int trials)
    {
        for (var i = 0; i < trials; i++) _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for its end, for a while.</summary>
    /// <returns>Whether it ended.</returns>
    public bool Wait(TimeSpan time)
    {
        if (!_process.WaitForExit(time)) return false;
        _reading.Wait();
        return true;
    }

    /// <summary>Waits until it has written something, or ended.</summary>
    public void WaitFor(Func<WorkerProcess, bool> condition) => SpinWait.SpinUntil(() => condition(this) || _process.HasExited, TimeSpan.FromMinutes(2));

    /// <summary>Ends it with SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        Wait(TimeSpan.FromMinutes(1));
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
