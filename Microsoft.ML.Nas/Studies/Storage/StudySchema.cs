namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>
/// The tables, as the steps that lead to them: version n is what the first n steps make. A step that was released is never changed; what
/// is to be different comes as another step.
/// </summary>
internal static class StudySchema
{
    /// <summary>The steps, in SQL that SQLite and PostgreSQL both take.</summary>
    public static readonly string[] Steps =
    [
        """
        CREATE TABLE study (
            name TEXT PRIMARY KEY,
            created TEXT NOT NULL,
            description TEXT NOT NULL,
            outcome TEXT);
        CREATE TABLE fact (
            study TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (study, name));
        CREATE TABLE run (
            study TEXT NOT NULL,
            worker TEXT NOT NULL,
            started TEXT NOT NULL,
            spent DOUBLE PRECISION NOT NULL,
            description TEXT NOT NULL,
            PRIMARY KEY (study, worker));
        CREATE TABLE trial (
            study TEXT NOT NULL,
            series TEXT NOT NULL,
            number INTEGER NOT NULL,
            genotype TEXT NOT NULL,
            fidelity DOUBLE PRECISION NOT NULL,
            continues INTEGER,
            origin TEXT NOT NULL,
            state TEXT NOT NULL,
            worker TEXT NOT NULL,
            heartbeat DOUBLE PRECISION NOT NULL,
            attempts INTEGER NOT NULL,
            metric DOUBLE PRECISION,
            loss DOUBLE PRECISION,
            shared_loss DOUBLE PRECISION,
            parameters BIGINT,
            macs BIGINT,
            activation_bytes BIGINT,
            epochs INTEGER,
            seconds DOUBLE PRECISION,
            objectives TEXT,
            failure TEXT,
            PRIMARY KEY (study, series, number));
        CREATE TABLE epoch (
            study TEXT NOT NULL,
            series TEXT NOT NULL,
            number INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            metric DOUBLE PRECISION,
            loss DOUBLE PRECISION,
            PRIMARY KEY (study, series, number, epoch));
        """,
    ];
}
