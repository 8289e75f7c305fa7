using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Reads delimited text, one row a line. Only the columns that a cursor asks for are parsed. A field that is not of its column's type is NaN
/// for reals and missing for keys, with a message in the log, and an error for other types.
/// </summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private const int SampleLines = 100;

    private readonly IHost _host;
    private readonly TextFormat _format;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;

    internal TextLoader(IHostEnvironment env, Options options, IMultiStreamSource dataSample)
    {
        options ??= new Options();
        _host = env.Register("TextLoader");
        _format = new TextFormat(options);
        var header = string.IsNullOrWhiteSpace(options.HeaderFile) ? dataSample : new MultiFileSource(options.HeaderFile);
        var hasHeader = options.HasHeader || header != dataSample;
        var lines = new Lazy<IReadOnlyList<string>>(() => FirstLines(dataSample));
        _columns = TextColumn.Bind(
            options.Columns is { Length: > 0 } columns ? columns : DefaultColumns(lines.Value), _format, () => Content(lines.Value));
        _schema = MakeSchema(hasHeader ? FirstLines(header).FirstOrDefault(line => !TextFormat.IsPreamble(line)) : null);
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source) => new TextDataView(_host, _format, _columns, _schema, Contracts.CheckValue(source, nameof(source)));

    void ICanSaveModel.Save(ModelSaveContext ctx)
        => throw new NotSupportedException("A text loader cannot be saved: this build of Microsoft.ML has no model file format.");

    /// <summary>A loader for the members of a class, each of which must say where it is loaded from.</summary>
    internal static TextLoader Create<TInput>(IHostEnvironment env, Options options, IMultiStreamSource dataSample)
    {
        options ??= new Options();
        const BindingFlags visible = BindingFlags.Public | BindingFlags.Instance;
        var properties = typeof(TInput).GetProperties(visible).Where(property => property.GetGetMethod() is not null && property.GetIndexParameters().Length == 0);
        var members = typeof(TInput).GetFields(visible).Concat<MemberInfo>(properties).ToList();
        Contracts.CheckParam(
            members.Count > 0, nameof(TInput), "Should define at least one public, readable field or property in TInput.");
        options.Columns = [.. members.Select(ColumnOf)];
        return new TextLoader(env, options, dataSample);
    }

    private static Column ColumnOf(MemberInfo member)
    {
        var kind = member is FieldInfo ? "Field" : "Property";
        var source = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw new InvalidOperationException($"{kind} '{member.Name}' is missing the LoadColumnAttribute attribute");
        var type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        return new Column
        {
            Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            Source = [.. source.Sources],
            KeyCount = member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount,
            DataKind = PrimitiveTypes.KindOf(type.IsArray ? type.GetElementType() : type)
                ?? throw new InvalidOperationException($"{kind} {member.Name} is of unsupported type."),
        };
    }

    private static Column[] DefaultColumns(IReadOnlyList<string> lines)
    {
        if (lines.Any(line => line.StartsWith("#@", StringComparison.Ordinal)))
            throw new NotSupportedException("The file holds its own loader options (#@), which this build of Microsoft.ML does not read: give Columns.");
        return [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, [new Range(1, null)])];
    }

    private static List<string> FirstLines(IMultiStreamSource source)
    {
        var lines = new List<string>();
        if (source is not { Count: > 0 })
            return lines;
        using var reader = source.OpenTextReader(0);
        while (lines.Count < SampleLines && reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    private static List<string> Content(IEnumerable<string> lines)
        => [.. lines.SkipWhile(line => TextFormat.IsPreamble(line)).Where(line => line.Length > 0 && !TextFormat.IsComment(line))];

    private DataViewSchema MakeSchema(string header)
    {
        var names = header is null ? [] : _format.Split(header);
        var builder = new DataViewSchema.Builder();
        foreach (var column in _columns)
        {
            var slots = column.Fields.Select(field => field < names.Count ? names[field].Trim() : default).ToArray();
            var annotations = new DataViewSchema.Annotations.Builder();
            if (column.Type is VectorDataViewType && slots.Any(name => !name.IsEmpty))
                annotations.AddSlotNames(slots.Length, (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(slots, 0, ref value, slots.Length));
            builder.AddColumn(column.Name, column.Type, annotations.ToAnnotations());
        }

        return builder.ToSchema();
    }
}
