using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Microsoft.ML.Nas.Studies.Storage.PostgreSql;

/// <summary>
/// A study in a PostgreSQL database, which several processes on several machines can share. A worker shows that it is alive by a
/// heartbeat on what it has claimed; claims whose heart stopped are taken over. A lost connection is opened again.
/// </summary>
internal sealed class PostgreSqlStorage : RelationalStorage
{
    /// <summary>All tables are in a schema of their own.</summary>
    public const string Schema = "nasml";

    private const string CheckpointTable = "CREATE TABLE checkpoint (study TEXT NOT NULL, name TEXT NOT NULL, content BYTEA NOT NULL, PRIMARY KEY (study, name));";
    private const long MigrationLock = 0x4E615374;
    private static readonly TimeSpan ReconnectFor = TimeSpan.FromMinutes(1);

    private readonly PostgreSqlAddress _address;
    private readonly bool _shared;
    private readonly Lock _reconnecting = new();
    private readonly Timer? _heart;
    private NpgsqlConnection _connection;

    private PostgreSqlStorage(PostgreSqlAddress address, bool shared, NpgsqlConnection connection, bool beats) : base(address.Location, address.Study)
    {
        (_address, _shared, _connection) = (address, shared, connection);
        Checkpoints = new DatabaseCheckpoints(this);
        if (beats) _heart = new Timer(_ => Beat(), null, address.ClaimTimeout / 4, address.ClaimTimeout / 4);
    }

    public override bool IsShared => _shared;

    public override ICheckpoints Checkpoints { get; }

    protected override DbConnection Connection => _connection;

    protected override string Now => "extract(epoch FROM clock_timestamp())";

    protected override string IsOrphaned => string.Create(CultureInfo.InvariantCulture, $"heartbeat < {Now} - {_address.ClaimTimeout.TotalSeconds}");

    protected override string Locking => "FOR UPDATE SKIP LOCKED";

    protected override (string Wait, string DoNotWait) Commits => ("SET synchronous_commit = on", "SET synchronous_commit = off");

    /// <summary>Opens a study; makes the tables where there are none.</summary>
    /// <param name="address">Which study.</param>
    /// <param name="shared">Whether other processes may work on it at the same time.</param>
    /// <param name="steps">The steps that lead to the tables.</param>
    /// <exception cref="StudyException">The database cannot be reached or is newer, or another process has the study for itself.</exception>
    public static PostgreSqlStorage Open(PostgreSqlAddress address, bool shared, string[] steps) => Open(address, steps, connection =>
    {
        Migrate(connection, address, steps);
        Lock(connection, address, shared);
        return new(address, shared, connection, beats: true);
    });

    /// <summary>Opens a study to look at it.</summary>
    /// <exception cref="StudyException">The database cannot be reached, is newer, or holds no studies.</exception>
    public static PostgreSqlStorage OpenToRead(PostgreSqlAddress address) => Open(address, StudySchema.Steps, connection =>
        Version(connection, address, StudySchema.Steps.Length) == 0
            ? throw Refusal(address, "does not exist: the database holds no studies")
            : new(address, true, connection, beats: false));

    protected override T Guard<T>(Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var connection = _connection;
            try
            {
                return work();
            }
            catch (Exception problem) when (IsLost(problem, connection) && clock.Elapsed < ReconnectFor)
            {
                Reconnect(connection);
            }
            catch (DbException problem)
            {
                throw Refusal(_address, $"cannot be used: {problem.Message}", problem);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _heart?.Dispose();
        base.Dispose(disposing);
        lock (_reconnecting)
        {
            Unlock(_connection);
            _connection.Dispose();
        }
    }

    internal byte[]? ReadCheckpoint(string name) => Scalar("SELECT content FROM checkpoint WHERE study = @study AND name = @name", ("name", name)) as byte[];

    internal void WriteCheckpoint(string name, byte[] content) => Execute(
        "INSERT INTO checkpoint (study, name, content) VALUES (@study, @name, @content) ON CONFLICT (study, name) DO UPDATE SET content = excluded.content", ("name", name), ("content", content));

    internal void DeleteCheckpoint(string name) => Execute("DELETE FROM checkpoint WHERE study = @study AND name = @name", ("name", name));

    private static PostgreSqlStorage Open(PostgreSqlAddress address, string[] steps, Func<NpgsqlConnection, PostgreSqlStorage> open)
    {
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            connection.Open();
            return open(connection);
        }
        catch (Exception problem)
        {
            connection.Dispose();
            if (problem is DbException or TimeoutException) throw Refusal(address, $"cannot be opened: {problem.Message}", problem);
            throw;
        }
    }

    private static void Migrate(NpgsqlConnection connection, PostgreSqlAddress address, string[] steps)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})");
        var version = Version(connection, address, steps.Length);
        if (version == steps.Length) return;
        if (version == 0)
        {
            if (Scalar(connection, $"SELECT 1 FROM pg_namespace WHERE nspname = '{Schema}'") is null) Execute(connection, $"CREATE SCHEMA {Schema}");
            Execute(connection, $"CREATE TABLE {Schema}.version (version INTEGER NOT NULL); INSERT INTO {Schema}.version VALUES (0); {CheckpointTable}");
        }
        foreach (var step in steps.Skip(version)) Execute(connection, step);
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE {Schema}.version SET version = {steps.Length}"));
        transaction.Commit();
    }

    private static int Version(NpgsqlConnection connection, PostgreSqlAddress address, int newest)
    {
        if (Scalar(connection, $"SELECT to_regclass('{Schema}.version')::text") is not string)
        {
            return Scalar(connection, $"SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{Schema}' LIMIT 1") is null
                ? 0
                : throw Refusal(address, $"cannot be kept there: the database has a schema '{Schema}' that NasMl did not make. Use another database");
        }
        var version = (int)Scalar(connection, $"SELECT version FROM {Schema}.version")!;
        return version <= newest ? version : throw Refusal(address,
            $"is in a database that a newer version of NasMl made (database version {version}; this one knows up to {newest}). Update NasMl, or use another database");
    }

    /// <summary>Held until the connection ends: shared by workers that share the study, alone by a search that cannot be shared.</summary>
    private static void Lock(NpgsqlConnection connection, PostgreSqlAddress address, bool shared)
    {
        var key = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{Schema}/{address.Study}")));
        var function = shared ? "pg_try_advisory_lock_shared" : "pg_try_advisory_lock";
        if (!(bool)Scalar(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT {function}({key})"))!)
            throw Refusal(address, shared
                ? "is in use by a search that cannot be shared. Wait until it ends, or name another study"
                : "is in use by another process, and this strategy's trials cannot be shared: only those of a sampling strategy can. Wait until the other ends, or name another study");
    }

    /// <summary>The server ends a closed session a little later; whoever opens the study next would still find it in use.</summary>
    private static void Unlock(NpgsqlConnection connection)
    {
        try
        {
            Execute(connection, "SELECT pg_advisory_unlock_all()");
        }
        catch (Exception problem) when (problem is DbException or TimeoutException or InvalidOperationException)
        {
            // A connection that is lost has no locks.
        }
    }

    private void Reconnect(NpgsqlConnection lost)
    {
        lock (_reconnecting)
        {
            if (_connection != lost) return;
            Thread.Sleep(200);
            var connection = new NpgsqlConnection(_address.ConnectionString);
            try
            {
                connection.Open();
                Lock(connection, _address, _shared);
            }
            catch (Exception problem) when (problem is DbException or TimeoutException)
            {
                connection.Dispose();
                return;
            }
            Forget();
            lost.Dispose();
            _connection = connection;
        }
    }

    private void Beat()
    {
        try
        {
            Execute($"UPDATE trial SET heartbeat = {Now} WHERE study = @study AND worker = @worker AND state = 'Running'", ("worker", Worker));
        }
        catch (Exception problem) when (problem is StudyException or ObjectDisposedException or InvalidOperationException)
        {
            // The search meets the same error when it writes next, and says so; a heart that is late costs a claim at most.
        }
    }

    private static bool IsLost(Exception problem, NpgsqlConnection connection) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow }
        || problem is NpgsqlException and not PostgresException
        || problem is InvalidOperationException or ObjectDisposedException && connection.State != System.Data.ConnectionState.Open;

    private static StudyException Refusal(PostgreSqlAddress address, string what, Exception? cause = null) =>
        new($"The study at {address.Location} {what.TrimEnd('.')}.", address.Location, cause);

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
