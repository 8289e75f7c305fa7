using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Microsoft.ML.Nas.Studies.Storage.Sqlite;

/// <summary>
/// A study in one SQLite file, for one process at a time. The log mode is WAL: what was committed is still there when the process is
/// killed, and other processes may read while a search runs.
/// </summary>
internal sealed class SqliteStorage : RelationalStorage
{
    private const string OneStudy = "";
    private const string CommitsThatWait = "PRAGMA synchronous = FULL";
    private const string CommitsThatDoNotWait = "PRAGMA synchronous = NORMAL";

    private readonly FileStream? _lock;
    private readonly SqliteConnection _connection;

    private SqliteStorage(string path, FileStream? claim, SqliteConnection connection) : base(path, OneStudy)
    {
        (_lock, _connection) = (claim, connection);
        Checkpoints = new FileCheckpoints(path, () => Description ?? "");
    }

    public override bool IsShared => false;

    public override ICheckpoints Checkpoints { get; }

    protected override DbConnection Connection => _connection;

    protected override string Now => "0";

    // Only one process at a time has the file, so that every other worker's claim is a dead one's.
    protected override string IsOrphaned => "worker <> @worker";

    protected override string Locking => "";

    protected override (string Wait, string DoNotWait) Commits => (CommitsThatWait, CommitsThatDoNotWait);

    /// <summary>Opens a study for this process alone; makes it where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">The steps that lead to the tables.</param>
    /// <exception cref="StudyException">The file is none that this version can open, another process has it, or it cannot be written.</exception>
    public static SqliteStorage Open(string path, string[] steps)
    {
        path = Path.GetFullPath(path);
        FileStream? claim = null;
        SqliteConnection? connection = null;
        try
        {
            if (File.Exists(path)) SqliteFile.Check(path, steps.Length);
            claim = Lock(path);
            if (!File.Exists(path)) Create(path, steps);
            connection = Connect(path, SqliteOpenMode.ReadOnly);
            var version = Version(connection);
            SqliteFile.CheckVersion(path, version, steps.Length);
            if (Scalar(connection, "PRAGMA quick_check(1)") is not "ok") throw Damaged(path, null);
            connection.Dispose();
            connection = Connect(path, SqliteOpenMode.ReadWrite);
            Execute(connection, CommitsThatDoNotWait);
            if (version < steps.Length) Migrate(connection, version, steps);
            return new(path, claim, connection);
        }
        catch (Exception problem)
        {
            connection?.Dispose();
            claim?.Dispose();
            if (Explain(path, problem) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>Opens a study to look at it; another process may be working on it.</summary>
    /// <exception cref="StudyException">The file is not there, or none that this version can open.</exception>
    public static SqliteStorage OpenToRead(string path)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path)) throw SqliteFile.Refusal(path, "does not exist");
        SqliteConnection? connection = null;
        try
        {
            SqliteFile.Check(path, StudySchema.Steps.Length);
            connection = Connect(path, SqliteOpenMode.ReadOnly);
            return new(path, null, connection);
        }
        catch (Exception problem)
        {
            connection?.Dispose();
            if (Explain(path, problem) is { } explained) throw explained;
            throw;
        }
    }

    protected override T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem) when (Explain(Location, problem) is { } explained)
        {
            throw explained;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _connection.Dispose();
        _lock?.Dispose();
    }

    /// <summary>The file's own locks are let go of between transactions; this one lasts, and goes with the process however that ends.</summary>
    private static FileStream Lock(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException problem) when (File.Exists(path + ".lock"))
        {
            throw SqliteFile.Refusal(path, "is in use by another process. Wait until that search ends, or keep the study in PostgreSQL, which several processes can share", problem);
        }
    }

    /// <summary>A new study gets its name when it is whole, so that there are no half ones.</summary>
    private static void Create(string path, string[] steps)
    {
        var unfinished = path + ".new";
        foreach (var file in (string[])[unfinished, unfinished + "-wal", unfinished + "-shm", unfinished + "-journal"]) File.Delete(file);
        using (var connection = Connect(unfinished, SqliteOpenMode.ReadWriteCreate))
        {
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {SqliteFile.ApplicationId}"));
            Migrate(connection, 0, steps);
        }
        File.Move(unfinished, path);
    }

    private static void Migrate(SqliteConnection connection, int version, string[] steps)
    {
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var step in steps.Skip(version)) Execute(connection, step, transaction);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {steps.Length}"), transaction);
            transaction.Commit();
        }
        // The version is then in the file itself, where it is looked for before SQLite is let near it.
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private static int Version(SqliteConnection connection) => (int)(long)Scalar(connection, "PRAGMA user_version")!;

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        command.ExecuteNonQuery();
    }

    private static StudyException Damaged(string path, Exception? cause) =>
        SqliteFile.Refusal(path, "is damaged. Restore it from a copy, or delete it to begin a new study", cause);

    /// <summary>What an error of the storage means; null where it is none of the storage.</summary>
    private static StudyException? Explain(string path, Exception problem) => problem switch
    {
        SqliteException { SqliteErrorCode: SqliteErrors.Full } => SqliteFile.Refusal(path, "cannot be written: the disk is full. Free some space and run the search again: it goes on from the last recorded trial", problem),
        SqliteException { SqliteErrorCode: SqliteErrors.InputOutput } => SqliteFile.Refusal(path, "cannot be read or written: the disk reports an error, as it does when it is full. Once that is put right, run the search again: it goes on from the last recorded trial", problem),
        SqliteException { SqliteErrorCode: SqliteErrors.Corrupt or SqliteErrors.NotADatabase } => Damaged(path, problem),
        SqliteException { SqliteErrorCode: SqliteErrors.CannotOpen or SqliteErrors.ReadOnly } => SqliteFile.Refusal(path, "cannot be opened for writing. Check that its folder exists, has space left, and may be written", problem),
        SqliteException { SqliteErrorCode: SqliteErrors.Busy or SqliteErrors.Locked } => SqliteFile.Refusal(path, "is held by another program. Close that program's transaction and run the search again", problem),
        SqliteException other => SqliteFile.Refusal(path, $"cannot be used: {other.Message}", problem),
        IOException or UnauthorizedAccessException => SqliteFile.Refusal(path, $"cannot be used: {problem.Message}", problem),
        _ => null,
    };
}
