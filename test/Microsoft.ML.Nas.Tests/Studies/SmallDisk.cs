using System.Diagnostics;

namespace Microsoft.ML.Nas.Tests.Studies;

/// <summary>A disk in memory that fills up soon. Mounting needs root, or sudo without a password.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nasml-disk-").FullName;

    public SmallDisk(int kilobytes) => Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,mode=777", "tmpfs", _folder);

    public string File(string name) => Path.Combine(_folder, name);

    public void Grow(int kilobytes) => Run("mount", "-o", $"remount,size={kilobytes}k", _folder);

    public void Dispose()
    {
        Run("umount", _folder);
        Directory.Delete(_folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        string[] command = Environment.UserName == "root" ? [program, .. arguments] : ["sudo", "-n", program, .. arguments];
        using var process = Process.Start(command[0], command[1..]);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {process.ExitCode}.");
    }
}
