using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>A column of a text file: its type and the fields, in slot order, that it is read from.</summary>
internal sealed class TextColumn
{
    public TextColumn(string name, PrimitiveDataViewType itemType, IReadOnlyList<int> fields, bool isVector)
    {
        Contracts.CheckParam(fields.Distinct().Count() == fields.Count, "Source", $"Intervals specified for column '{name}' overlap");
        Name = name;
        ItemType = itemType;
        Fields = fields;
        Type = isVector || fields.Count > 1 ? new VectorDataViewType(itemType, fields.Count) : itemType;
    }

    public string Name { get; }

    public PrimitiveDataViewType ItemType { get; }

    public DataViewType Type { get; }

    public IReadOnlyList<int> Fields { get; }

    /// <summary>Works out the columns' types and fields, looking at sample lines where a range is open-ended.</summary>
    public static TextColumn[] Bind(TextLoader.Column[] columns, TextFormat format, Func<IReadOnlyList<string>> sampleLines)
    {
        foreach (var column in columns)
        {
            Contracts.CheckParam(!string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "Columns must have names.");
            Contracts.CheckParam(column.Source is { Length: > 0 }, nameof(column.Source), "Must specify some source column indices");
        }

        var inputSize = columns.Any(column => column.Source.Any(IsOpen)) ? InputSize(format, sampleLines) : 0;
        Contracts.CheckParam(
            columns.Sum(column => column.Source.Count(range => range.AllOther)) <= 1,
            nameof(TextLoader.Range.AllOther),
            "At most one all other range can be specified");
        var taken = columns.SelectMany(column => column.Source.Where(range => !range.AllOther)).SelectMany(range => Expand(range, inputSize)).ToHashSet();
        return [.. columns.Select(column =>
        {
            var fields = column.Source.SelectMany(range => Expand(range, inputSize).Where(field => !range.AllOther || !taken.Contains(field))).ToList();
            Contracts.CheckParam(fields.Count > 0, nameof(TextLoader.Range.AllOther), "No index is selected as all other indexes.");
            var isVector = column.Source.Any(range => range.ForceVector || range.AllOther || IsOpen(range));
            return new TextColumn(column.Name.Trim(), ItemTypeOf(column), fields, isVector);
        })];
    }

    private static bool IsOpen(TextLoader.Range range) => range.AutoEnd && range.Max is null;

    private static PrimitiveDataViewType ItemTypeOf(TextLoader.Column column)
    {
        var type = PrimitiveTypes.OfKind(column.DataKind == default ? DataKind.Single : column.DataKind);
        if (column.KeyCount is null)
            return type;
        Contracts.CheckParam(KeyDataViewType.IsValidDataType(type.RawType), "Type", "Bad item type for Key");
        return new KeyDataViewType(type.RawType, column.KeyCount.Count ?? KeyDataViewType.MaxCount(type.RawType));
    }

    private static IEnumerable<int> Expand(TextLoader.Range range, int inputSize)
    {
        if (range.VariableEnd && range.Max is null && !range.AutoEnd)
            throw new NotSupportedException("VariableEnd = true: this build of Microsoft.ML reads vectors of one size only.");
        Contracts.CheckParam(range.Min is >= 0 and < int.MaxValue - 1, nameof(range.Min));
        Contracts.CheckParam(!(range.Max < range.Min), nameof(range.Max));
        Contracts.CheckParam(
            !IsOpen(range) || range.Min < inputSize,
            nameof(range.Min),
            $"Column #{range.Min} not found in the dataset (it only has {inputSize} columns)");
        var max = range.Max ?? (IsOpen(range) ? inputSize - 1 : range.Min);
        return Enumerable.Range(range.Min, max - range.Min + 1);
    }

    private static int InputSize(TextFormat format, Func<IReadOnlyList<string>> sampleLines)
    {
        if (format.InputSize > 0)
            return format.InputSize;
        var sizes = sampleLines().Select(line => format.Split(line).Count).Distinct().ToList();
        Contracts.CheckParam(sizes.Count > 0, nameof(TextLoader.Column.Source), "Can't determine the number of source columns without valid data");
        Contracts.CheckParam(sizes.Count == 1, nameof(TextLoader.Column.Source), "The size of input lines is not consistent");
        return sizes[0];
    }
}
