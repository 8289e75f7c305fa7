using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Nas.Studies.Storage.PostgreSql;

/// <summary>Checkpoints in the database, so that a search goes on when its machine is gone.</summary>
internal sealed class DatabaseCheckpoints(PostgreSqlStorage storage) : ICheckpoints
{
    public Stream? OpenRead(string name) => storage.ReadCheckpoint(name) is { } content
        ? CheckpointFormat.Unpack(Identity(), content, what => new($"The checkpoint '{name}' of the study at {storage.Location} {what}.", storage.Location))
        : null;

    public void Save(string name, Action<Stream> write) => storage.WriteCheckpoint(name, [.. CheckpointFormat.Pack(Identity(), write)]);

    public void Delete(string name) => storage.DeleteCheckpoint(name);

    private byte[] Identity() => SHA256.HashData(Encoding.UTF8.GetBytes(storage.Description ?? ""));
}
