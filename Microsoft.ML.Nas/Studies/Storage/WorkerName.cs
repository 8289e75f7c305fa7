using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>Names this process among all that ever worked on a study.</summary>
internal static class WorkerName
{
    private static int _count;

    /// <summary>Another name for every storage that is opened: a process may work on a study twice.</summary>
    public static string Next()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime():yyyyMMddTHHmmss.fff}/{Interlocked.Increment(ref _count)}");
    }
}
