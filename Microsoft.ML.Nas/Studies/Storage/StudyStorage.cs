using Microsoft.ML.Nas.Studies.Storage.PostgreSql;
using Microsoft.ML.Nas.Studies.Storage.Sqlite;

namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>Opens the storage that <see cref="SearchOptions.Study"/> names.</summary>
internal static class StudyStorage
{
    /// <param name="study">A file, or a PostgreSQL database.</param>
    /// <param name="shared">Whether other processes may work on the study at the same time, where the storage allows it.</param>
    /// <exception cref="StudyException">The study cannot be opened.</exception>
    /// <exception cref="ArgumentException">The text names neither a file nor a database.</exception>
    public static IStudyStorage Open(string study, bool shared) => PostgreSqlAddress.Fits(study)
        ? PostgreSqlStorage.Open(PostgreSqlAddress.Parse(study), shared, StudySchema.Steps)
        : SqliteStorage.Open(study, StudySchema.Steps);

    /// <summary>Opens a study to look at it while others may work on it.</summary>
    /// <exception cref="StudyException">The study cannot be opened, or does not exist.</exception>
    /// <exception cref="ArgumentException">The text names neither a file nor a database.</exception>
    public static IStudyStorage OpenToRead(string study) => PostgreSqlAddress.Fits(study)
        ? PostgreSqlStorage.OpenToRead(PostgreSqlAddress.Parse(study))
        : SqliteStorage.OpenToRead(study);
}
