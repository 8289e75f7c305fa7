namespace Microsoft.ML.Nas.Tests;

/// <summary>Real data that lies beside the repository, in <c>../shared/data</c>, and is not committed.</summary>
internal static class SharedData
{
    /// <summary>The path of a file, or null where it is not there.</summary>
    public static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "NasMl.sln")))
                return Path.Combine(folder.FullName, "..", "shared", "data", file) is var path && File.Exists(path) ? path : null;
        return null;
    }
}
