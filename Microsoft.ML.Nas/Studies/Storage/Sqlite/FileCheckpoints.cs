using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Nas.Studies.Storage.Sqlite;

/// <summary>
/// Checkpoints as files in a folder beside the study. Each is written to a temporary file, flushed to the disk, and given its name, so that
/// a process that ends in between leaves the one before.
/// </summary>
internal sealed class FileCheckpoints(string studyPath, Func<string> description) : ICheckpoints
{
    private readonly string _folder = studyPath + ".checkpoints";

    public Stream? OpenRead(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return null;
        try
        {
            return CheckpointFormat.Unpack(Identity(), File.ReadAllBytes(path), what => Refusal(path, $"{what}. Restore it from a copy, or delete it to train that part again"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, $"cannot be read: {problem.Message}", problem);
        }
    }

    public void Save(string name, Action<Stream> write)
    {
        var path = PathOf(name);
        var bytes = CheckpointFormat.Pack(Identity(), write);
        try
        {
            Directory.CreateDirectory(_folder);
            using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, $"cannot be written: {problem.Message} Once there is space, run the search again: it goes on from the checkpoint before", problem);
        }
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    private byte[] Identity() => SHA256.HashData(Encoding.UTF8.GetBytes(description()));

    private string PathOf(string name)
    {
        if (name.Length == 0 || !name.All(static character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '-' or '.' or '_') || name[0] == '.')
            throw new ArgumentException($"'{name}' cannot name a checkpoint: use letters, digits, spaces, dots and dashes.", nameof(name));
        return Path.Combine(_folder, name);
    }

    private StudyException Refusal(string path, string what, Exception? cause = null) => new($"The checkpoint '{path}' {what}.", studyPath, cause);
}
