using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Computes each of its columns from one other.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IReadOnlyList<ColumnPair> columns)
    {
        Contracts.CheckParam(columns.Count > 0, nameof(columns), "Columns must be given.");
        foreach (var output in columns.GroupBy(pair => pair.Output))
            Contracts.CheckParam(output.Count() == 1, nameof(columns), $"Name of the result column '{output.Key}' specified multiple times");
        Columns = columns;
    }

    internal IReadOnlyList<ColumnPair> Columns { get; }

    private protected sealed override RowMapping Map(DataViewSchema input) => new(input, [.. Columns.Select((pair, i) =>
    {
        var source = input.GetColumnOrNull(pair.Input) ?? throw Contracts.MissingColumn("inputSchema", "input", pair.Input);
        var output = Map(i, source);
        return new MappedColumn(new DataViewSchema.DetachedColumn(pair.Output, output.Type, output.Annotations), [source.Index], output.MakeGetter);
    })]);

    /// <summary>Type, annotations and values of the column computed from a source, for the pair of an index.</summary>
    private protected abstract OneToOneColumn Map(int index, DataViewSchema.Column source);
}

internal sealed record OneToOneColumn(DataViewType Type, DataViewSchema.Annotations Annotations, Func<DataViewRow, Delegate> MakeGetter);

internal readonly record struct ColumnPair(string Output, string Input)
{
    public static ColumnPair Of(string output, string input) => new(Contracts.CheckNonEmpty(output, "outputColumnName"), input ?? output);

    public static ColumnPair[] Of(InputOutputColumnPair[] columns)
        => [.. Contracts.CheckValue(columns, nameof(columns)).Select(pair => new ColumnPair(pair.OutputColumnName, pair.InputColumnName))];
}
