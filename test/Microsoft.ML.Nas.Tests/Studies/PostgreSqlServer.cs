using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Microsoft.ML.Nas.Tests.Studies;

/// <summary>A PostgreSQL server of its own, in a temporary folder, on a free port of this machine.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nasml-postgresql-").FullName;
    private readonly string _programs = Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal) + "/bin";

    /// <param name="settings">Settings of the server, as in <c>fsync=off</c>.</param>
    public PostgreSqlServer(params string[] settings)
    {
        Port = FreePort();
        // PostgreSQL refuses to run as root.
        if (IsRoot) Run("chown", "postgres", _folder);
        Run(Path.Combine(_programs, "initdb"), "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        Start(settings);
    }

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>The address of a study in this server's database.</summary>
    public string Study(string name, double claimTimeout = 60, string database = "postgres") =>
        FormattableString.Invariant($"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Study={name};Claim Timeout={claimTimeout}");

    /// <returns>The database's name.</returns>
    public string CreateDatabase(string name)
    {
        Run(Path.Combine(_programs, "createdb"), "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", name);
        return name;
    }

    public void Start(params string[] settings) => Run(Path.Combine(_programs, "pg_ctl"),
        "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {Port} -k {_folder} -h 127.0.0.1 {string.Concat(settings.Select(static setting => $" -c {setting}"))}", "start");

    public void Stop() => Run(Path.Combine(_programs, "pg_ctl"), "-D", Data, "-w", "-m", "immediate", "stop");

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        var isOurs = program == "chown";
        var start = new ProcessStartInfo(IsRoot && !isOurs ? "runuser" : program) { RedirectStandardError = true, WorkingDirectory = "/" };
        if (IsRoot && !isOurs) foreach (var argument in (string[])["-u", "postgres", "--", program]) start.ArgumentList.Add(argument);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // The server outlives pg_ctl and would hold on to its output.
        start.RedirectStandardOutput = program.EndsWith("initdb", StringComparison.Ordinal);
        using var process = Process.Start(start)!;
        if (start.RedirectStandardOutput) process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
