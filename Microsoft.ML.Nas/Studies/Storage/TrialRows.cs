using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>Trials as rows. Databases have no NaN that both agree on: it is stored as null.</summary>
internal static class TrialRows
{
    public const string Columns =
        "number, genotype, fidelity, continues, origin, state, metric, loss, parameters, macs, activation_bytes, epochs, seconds, objectives, failure, worker, attempts, shared_loss";

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static TrialRecord Read(DbDataReader row) => new(row.GetInt32(0), row.GetString(1), row.GetDouble(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.GetString(4), StateOf(row.GetString(5)))
    {
        Metric = OrNaN(row, 6),
        Loss = OrNaN(row, 7),
        Parameters = OrZero(row, 8),
        Macs = OrZero(row, 9),
        ActivationBytes = OrZero(row, 10),
        Epochs = (int)OrZero(row, 11),
        Seconds = row.IsDBNull(12) ? 0 : row.GetDouble(12),
        Objectives = row.IsDBNull(13) ? new Dictionary<string, double>() : JsonSerializer.Deserialize<Dictionary<string, double>>(row.GetString(13), Json)!,
        FailureReason = row.IsDBNull(14) ? null : row.GetString(14),
        Worker = row.GetString(15),
        Attempts = row.GetInt32(16),
        SharedLoss = row.IsDBNull(17) ? null : row.GetDouble(17),
    };

    public static (string Name, object? Value)[] Values(TrialRecord trial, string series, string worker) =>
    [
        ("series", series),
        ("number", trial.Number),
        ("state", trial.State.ToString()),
        ("worker", worker),
        ("metric", OrNull(trial.Metric)),
        ("loss", OrNull(trial.Loss)),
        ("shared_loss", trial.SharedLoss),
        ("parameters", trial.Parameters),
        ("macs", trial.Macs),
        ("activation_bytes", trial.ActivationBytes),
        ("epochs", trial.Epochs),
        ("seconds", trial.Seconds),
        ("objectives", trial.Objectives.Count == 0 ? "{}" : JsonSerializer.Serialize(trial.Objectives, Json)),
        ("failure", trial.FailureReason),
    ];

    public static CurvePoint Epoch(DbDataReader row, int column) => new(row.GetInt32(column), OrNaN(row, column + 1), OrNaN(row, column + 2));

    public static object? OrNull(double value) => double.IsNaN(value) ? null : value;

    /// <summary>A trial that was given up is one that has not ended.</summary>
    private static TrialState StateOf(string state) => state == "Abandoned" ? TrialState.Running : Enum.Parse<TrialState>(state);

    private static double OrNaN(DbDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private static long OrZero(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}
