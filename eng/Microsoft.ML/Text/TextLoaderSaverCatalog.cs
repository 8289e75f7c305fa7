using System.IO;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public static class TextLoaderSaverCatalog
{
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        IMultiStreamSource dataSample = null,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
    {
        var options = MakeOptions(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse);
        options.Columns = columns;
        return new TextLoader(catalog.Environment, options, dataSample);
    }

    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource dataSample = null)
        => new(catalog.Environment, options, dataSample);

    public static TextLoader CreateTextLoader<TInput>(
        this DataOperationsCatalog catalog,
        char separatorChar = '\t',
        bool hasHeader = false,
        IMultiStreamSource dataSample = null,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
        => catalog.CreateTextLoader<TInput>(MakeOptions(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    public static TextLoader CreateTextLoader<TInput>(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource dataSample = null)
        => TextLoader.Create<TInput>(catalog.Environment, options, dataSample);

    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
    {
        var source = Open(path);
        return catalog.CreateTextLoader(columns, separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(source);
    }

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
    {
        var source = Open(path);
        return catalog.CreateTextLoader(options, source).Load(source);
    }

    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog,
        string path,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
        => catalog.LoadFromTextFile<TInput>(path, MakeOptions(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        // As in the real library no sample of the file is looked at, so its header gives no slot names here.
        var source = Open(path);
        return catalog.CreateTextLoader<TInput>(options).Load(source);
    }

    private static TextLoader.Options MakeOptions(char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse) => new()
    {
        Separators = [separator],
        HasHeader = hasHeader,
        AllowQuoting = allowQuoting,
        TrimWhitespace = trimWhitespace,
        AllowSparse = allowSparse,
    };

    private static MultiFileSource Open(string path)
    {
        Contracts.CheckNonEmpty(path, nameof(path));
        var source = new MultiFileSource(path);
        Contracts.CheckParam(
            source.Count > 0 && File.Exists(source.GetPathOrNull(0)), nameof(path), $"File or directory does not exist at path: {path}");
        return source;
    }
}
