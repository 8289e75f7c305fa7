namespace Microsoft.ML.Nas.Studies;

/// <summary>Saves nothing: for searches that nobody resumes.</summary>
internal sealed class NoCheckpoints : ICheckpoints
{
    public Stream? OpenRead(string name) => null;

    public void Save(string name, Action<Stream> write)
    {
    }

    public void Delete(string name)
    {
    }
}
