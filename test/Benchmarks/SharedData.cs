namespace Benchmarks;

/// <summary>Finds the folder shared/data, which lies beside the repository.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(path)) return path;
        }
        throw new DirectoryNotFoundException($"No folder shared/data/{name} at or above {Environment.CurrentDirectory}.");
    }
}
