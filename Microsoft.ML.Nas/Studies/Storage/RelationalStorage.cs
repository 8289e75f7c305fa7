using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>Studies in a relational database: what SQLite and PostgreSQL have in common.</summary>
internal abstract class RelationalStorage(string location, string study) : IStudyStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DbCommand> _commands = [];

    public string Location => location;

    public abstract bool IsShared { get; }

    public abstract ICheckpoints Checkpoints { get; }

    /// <summary>This process's name.</summary>
    protected string Worker { get; } = WorkerName.Next();

    protected string StudyName => study;

    protected abstract DbConnection Connection { get; }

    /// <summary>The current time in SQL, in seconds since 1970.</summary>
    protected abstract string Now { get; }

    /// <summary>Whether a claim may be taken over, in SQL over the table <c>trial</c>.</summary>
    protected abstract string IsOrphaned { get; }

    /// <summary>What makes commits wait for the disk, and not wait: by default they do not, and a power cut may cost the last ones.</summary>
    protected abstract (string Wait, string DoNotWait) Commits { get; }

    /// <summary>What a subquery that picks a row to take over ends with.</summary>
    protected abstract string Locking { get; }

    public string? Description => (string?)Scalar("SELECT description FROM study WHERE name = @study");

    public string? Outcome => Scalar("SELECT outcome FROM study WHERE name = @study") as string;

    public string Describe(string description)
    {
        Durably(() => Execute("INSERT INTO study (name, created, description) VALUES (@study, @created, @description) ON CONFLICT DO NOTHING",
            ("created", Timestamp()), ("description", description)));
        return Description!;
    }

    public void Conclude(string outcome) => Durably(() => Execute("UPDATE study SET outcome = @outcome WHERE name = @study", ("outcome", outcome)));

    public void BeginRun(string description) => Execute(
        "INSERT INTO run (study, worker, started, spent, description) SELECT @study, @worker, @started, COALESCE(MAX(spent), 0), @description FROM run WHERE study = @study",
        ("worker", Worker), ("started", Timestamp()), ("description", description));

    public IReadOnlyList<RunRecord> Runs() => Query(
        "SELECT worker, started, spent, description FROM run WHERE study = @study ORDER BY started, worker",
        static row => new RunRecord(row.GetString(0), DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture), row.GetDouble(2), row.GetString(3)));

    public void Spend(double seconds) => Execute("UPDATE run SET spent = @spent WHERE study = @study AND worker = @worker", ("worker", Worker), ("spent", seconds));

    public string Fact(string name, Func<string> measure)
    {
        const string read = "SELECT value FROM fact WHERE study = @study AND name = @name";
        if (Scalar(read, ("name", name)) is string known) return known;
        Execute("INSERT INTO fact (study, name, value) VALUES (@study, @name, @value) ON CONFLICT DO NOTHING", ("name", name), ("value", measure()));
        return (string)Scalar(read, ("name", name))!;
    }

    public IReadOnlyDictionary<string, string> Facts() =>
        Query("SELECT name, value FROM fact WHERE study = @study", static row => (row.GetString(0), row.GetString(1))).ToDictionary();

    public IReadOnlyList<TrialRecord> Trials(string series)
    {
        var curves = Query("SELECT number, epoch, metric, loss FROM epoch WHERE study = @study AND series = @series ORDER BY number, epoch",
            static row => (Number: row.GetInt32(0), Epoch: TrialRows.Epoch(row, 1)), ("series", series)).ToLookup(static row => row.Number, static row => row.Epoch);
        return [.. Query($"SELECT {TrialRows.Columns} FROM trial WHERE study = @study AND series = @series ORDER BY number", TrialRows.Read, ("series", series))
            .Select(trial => trial with { Curve = [.. curves[trial.Number]] })];
    }

    public bool TryClaim(string series, in TrialJob job, out TrialRecord? existing)
    {
        existing = null;
        var (number, genotype, fidelity, continues, origin) = (job.Number, job.Genotype.ToString(), job.Fidelity, (object?)job.Continues, job.Origin);
        (string, object?)[] values = [("series", series), ("number", number), ("genotype", genotype), ("fidelity", fidelity), ("continues", continues), ("origin", origin), ("worker", Worker)];
        var inserted = Execute($"""
            INSERT INTO trial (study, series, number, genotype, fidelity, continues, origin, state, worker, heartbeat, attempts)
            VALUES (@study, @series, @number, @genotype, @fidelity, @continues, @origin, 'Running', @worker, {Now}, 1) ON CONFLICT DO NOTHING
            """, values);
        if (inserted > 0) return true;
        var taken = Execute($"""
            UPDATE trial SET genotype = @genotype, fidelity = @fidelity, continues = @continues, origin = @origin, state = 'Running',
                worker = @worker, heartbeat = {Now}, attempts = attempts + 1
            WHERE study = @study AND series = @series AND number IN (
                SELECT number FROM trial WHERE study = @study AND series = @series AND number = @number
                    AND (state = 'Abandoned' OR state = 'Running' AND (worker = @worker OR {IsOrphaned})) {Locking})
            """, values);
        if (taken > 0)
        {
            Execute("DELETE FROM epoch WHERE study = @study AND series = @series AND number = @number", ("series", series), ("number", number));
            return true;
        }
        existing = Trial(series, number);
        return false;
    }

    public void Report(string series, int number, CurvePoint epoch) => Execute(
        "INSERT INTO epoch (study, series, number, epoch, metric, loss) VALUES (@study, @series, @number, @epoch, @metric, @loss) ON CONFLICT DO NOTHING",
        ("series", series), ("number", number), ("epoch", epoch.Epoch), ("metric", TrialRows.OrNull(epoch.Metric)), ("loss", TrialRows.OrNull(epoch.Loss)));

    public bool End(string series, TrialRecord trial, bool durably = false)
    {
        return (durably ? Durably(Update) : Update()) > 0;

        int Update() => Execute("""
            UPDATE trial SET state = @state, worker = @worker, metric = @metric, loss = @loss, shared_loss = @shared_loss, parameters = @parameters,
                macs = @macs, activation_bytes = @activation_bytes, epochs = @epochs, seconds = @seconds, objectives = @objectives, failure = @failure
            WHERE study = @study AND series = @series AND number = @number AND state IN ('Running', 'Abandoned')
            """, TrialRows.Values(trial, series, Worker));
    }

    public void Abandon(string series, int number) => Execute(
        "UPDATE trial SET state = 'Abandoned' WHERE study = @study AND series = @series AND number = @number AND worker = @worker AND state = 'Running'",
        ("series", series), ("number", number), ("worker", Worker));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Forget();

    /// <summary>Runs a piece of work that uses the connection; derived classes turn errors into those a user understands.</summary>
    protected virtual T Guard<T>(Func<T> work) => work();

    /// <summary>Prepared statements end with their connection.</summary>
    protected void Forget()
    {
        lock (_gate)
        {
            foreach (var command in _commands.Values) command.Dispose();
            _commands.Clear();
        }
    }

    protected int Execute(string sql, params (string Name, object? Value)[] values) => Run(sql, values, static command => command.ExecuteNonQuery());

    protected object? Scalar(string sql, params (string Name, object? Value)[] values) => Run(sql, values, static command => command.ExecuteScalar());

    protected List<T> Query<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values) => Run(sql, values, command =>
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    });

    private int Durably(Func<int> write)
    {
        Execute(Commits.Wait);
        try
        {
            return write();
        }
        finally
        {
            Execute(Commits.DoNotWait);
        }
    }

    private TrialRecord? Trial(string series, int number)
    {
        var trial = Query($"SELECT {TrialRows.Columns} FROM trial WHERE study = @study AND series = @series AND number = @number", TrialRows.Read, ("series", series), ("number", number)).FirstOrDefault();
        return trial is null or { State: TrialState.Running } ? trial : trial with
        {
            Curve = Query("SELECT epoch, metric, loss FROM epoch WHERE study = @study AND series = @series AND number = @number ORDER BY epoch",
                static row => TrialRows.Epoch(row, 0), ("series", series), ("number", number)),
        };
    }

    private T Run<T>(string sql, (string Name, object? Value)[] values, Func<DbCommand, T> run) => Guard(() =>
    {
        lock (_gate)
        {
            if (!_commands.TryGetValue(sql, out var command))
            {
                command = Connection.CreateCommand();
                command.CommandText = sql;
                Add(command, "study", study);
                foreach (var (name, value) in values) Add(command, name, value);
                _commands.Add(sql, command);
            }
            for (var i = 0; i < values.Length; i++) command.Parameters[i + 1].Value = values[i].Value ?? DBNull.Value;
            return run(command);
        }
    });

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = value switch
        {
            // A statement is prepared with its first values; a null's type follows from the column.
            null when name == "continues" => DbType.Int32,
            null when name == "failure" => DbType.String,
            null => DbType.Double,
            int => DbType.Int32,
            long => DbType.Int64,
            double => DbType.Double,
            byte[] => DbType.Binary,
            _ => DbType.String,
        };
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    private static string Timestamp() => DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
}
