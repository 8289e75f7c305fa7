using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Files read one after another; a file name may hold the wildcard *.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private const int BufferSize = 1 << 16;

    private readonly string[] _paths;

    public MultiFileSource(params string[] paths) => _paths = paths is null or [null] ? [] : [.. paths.SelectMany(Expand)];

    public int Count => _paths.Length;

    public string GetPathOrNull(int index)
    {
        Contracts.CheckParam((uint)index < (uint)Count, nameof(index));
        return _paths[index];
    }

    public Stream Open(int index)
    {
        var path = GetPathOrNull(index);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error)
        {
            throw new IOException($"Could not open file '{path}'. Error is: {error.Message}", error);
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index), bufferSize: BufferSize);

    private static IEnumerable<string> Expand(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || !path.Contains('*'))
            return [path];
        var folder = Path.GetDirectoryName(path);
        return Directory.EnumerateFiles(folder is { Length: > 0 } ? folder : ".", Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }
}
