using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Microsoft.ML.Nas.Studies.Storage.PostgreSql;

/// <summary>Which study in which database, from what a user writes.</summary>
/// <param name="ConnectionString">For Npgsql.</param>
/// <param name="Study">The study's name.</param>
/// <param name="ClaimTimeout">A worker that was not heard of for so long counts as dead.</param>
/// <param name="Location">For messages; without the password.</param>
internal sealed record PostgreSqlAddress(string ConnectionString, string Study, TimeSpan ClaimTimeout, string Location)
{
    private const string StudyKey = "Study";
    private const string TimeoutKey = "Claim Timeout";
    private const double DefaultTimeoutInSeconds = 60;

    /// <summary>Whether a text names a database rather than a file.</summary>
    public static bool Fits(string study) =>
        study.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || study.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || study.Contains(';', StringComparison.Ordinal) && study.Contains("Host", StringComparison.OrdinalIgnoreCase) || study.StartsWith("Host=", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">The text is no address of a study.</exception>
    public static PostgreSqlAddress Parse(string study)
    {
        try
        {
            var values = study.Contains("://", StringComparison.Ordinal) ? FromUrl(new Uri(study)) : new DbConnectionStringBuilder { ConnectionString = study };
            var name = Take(values, StudyKey) ?? "default";
            var timeout = Take(values, TimeoutKey) ?? Take(values, "ClaimTimeout");
            var seconds = timeout is null ? DefaultTimeoutInSeconds : double.Parse(timeout, CultureInfo.InvariantCulture);
            if (!(seconds > 0)) throw new FormatException($"{TimeoutKey} is {timeout}; it must be a number of seconds above 0.");
            // One connection for the whole search, so that a pool has nothing to give; statements are prepared by themselves.
            var connection = new NpgsqlConnectionStringBuilder(values.ConnectionString) { SearchPath = PostgreSqlStorage.Schema, Pooling = false, MaxAutoPrepare = 40, AutoPrepareMinUsages = 2, ApplicationName = "NasMl" };
            // See RelationalStorage.Commits.
            connection.Options = $"{connection.Options} -c synchronous_commit=off".TrimStart();
            return new(connection.ToString(), name, TimeSpan.FromSeconds(seconds), $"{connection.Host}:{connection.Port}/{connection.Database}, study '{name}'");
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ArgumentException(
                $"{nameof(SearchOptions.Study)} looks like a PostgreSQL database and cannot be read: {problem.Message} Write it as 'postgres://user:password@host:5432/database?study=name' or 'Host=host;Database=database;Username=user;Study=name'.", nameof(study), problem);
        }
    }

    private static DbConnectionStringBuilder FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var values = new DbConnectionStringBuilder { ["Host"] = Uri.UnescapeDataString(url.Host), ["Port"] = url.Port > 0 ? url.Port : 5432, ["Database"] = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')) };
        if (user[0].Length > 0) values["Username"] = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) values["Password"] = Uri.UnescapeDataString(user[1]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            values[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : throw new FormatException($"'{pair}' has no value.");
        }
        return values;
    }

    private static string? Take(DbConnectionStringBuilder values, string key)
    {
        if (!values.TryGetValue(key, out var value)) return null;
        values.Remove(key);
        return value.ToString();
    }
}
