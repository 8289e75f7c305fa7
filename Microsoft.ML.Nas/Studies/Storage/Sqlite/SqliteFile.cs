using System.Buffers.Binary;

namespace Microsoft.ML.Nas.Studies.Storage.Sqlite;

/// <summary>
/// What the first bytes of a file say, read without SQLite: opening a file with it can change the file, and what is not ours stays as it is.
/// </summary>
internal static class SqliteFile
{
    /// <summary>Marks a database as a study; letters "NaSt".</summary>
    public const int ApplicationId = 0x4E615374;

    private const int HeaderLength = 100;

    /// <exception cref="StudyException">The file is no study that this version can open.</exception>
    public static void Check(string path, int newestVersion)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        long length;
        int read;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            length = file.Length;
            read = file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        }
        if (length == 0) throw Refusal(path, "is empty. A study is never empty: it was cut short, or something else made it. Delete it to begin a new study");
        if (!header[..Math.Min(read, 16)].SequenceEqual("SQLite format 3\0"u8[..Math.Min(read, 16)])) throw Refusal(path, "is no study but another kind of file. Name another file");
        if (read < HeaderLength) throw Refusal(path, "is cut short: not even its header is whole. Restore it from a copy, or delete it to begin a new study");
        if (Number(header, 68) != ApplicationId) throw Refusal(path, "is the database of another program. Name another file");
        CheckVersion(path, Number(header, 60), newestVersion);
        // While SQLite copies pages from its log into the file, the file may be shorter than its header says; the log has the rest.
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65536L : size;
        var log = new FileInfo(path + "-wal");
        if (length < pageSize * Number(header, 28) && (!log.Exists || log.Length == 0))
            throw Refusal(path, $"is cut short: {length:N0} of {pageSize * Number(header, 28):N0} bytes are there. Restore it from a copy, or delete it to begin a new study");
    }

    /// <exception cref="StudyException">The version is newer than this library knows.</exception>
    public static void CheckVersion(string path, int version, int newestVersion)
    {
        if (version > newestVersion)
            throw Refusal(path, $"was written by a newer version of NasMl (database version {version}; this one knows up to {newestVersion}). Update NasMl, or name another file");
        if (version < 1) throw Refusal(path, "is a study without a version; it is damaged. Restore it from a copy, or delete it to begin a new study");
    }

    public static StudyException Refusal(string path, string what, Exception? cause = null) => new($"The study '{path}' {what}.", path, cause);

    private static int Number(ReadOnlySpan<byte> header, int offset) => BinaryPrimitives.ReadInt32BigEndian(header[offset..]);
}
