using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Rows with some columns kept and some added. An added column comes last, or right after those whose name it takes over.</summary>
internal class RowMapping : IRowToRowMapper
{
    private readonly MappedColumn[] _added;
    private readonly int[] _source;

    public RowMapping(DataViewSchema input, params MappedColumn[] added)
    {
        var source = Enumerable.Range(0, input.Count).ToList();
        for (var i = 0; i < added.Length; i++)
        {
            var name = added[i].Column.Name;
            var hidden = source.FindLastIndex(index => (index >= 0 ? input[index].Name : added[~index].Column.Name) == name);
            source.Insert(hidden >= 0 ? hidden + 1 : source.Count, ~i);
        }

        InputSchema = input;
        _added = added;
        _source = [.. source];
        OutputSchema = MakeSchema();
    }

    /// <summary>Keeps some columns of the input.</summary>
    public RowMapping(DataViewSchema input, int[] kept)
    {
        InputSchema = input;
        _added = [];
        _source = kept;
        OutputSchema = MakeSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputSchema.Count];
        foreach (var index in dependingColumns.Select(column => _source[column.Index]))
        {
            foreach (var input in index >= 0 ? [index] : _added[~index].Inputs)
                needed[input] = true;
        }

        return InputSchema.Where(column => needed[column.Index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, OutputSchema, MakeGetters(input, activeColumns));
    }

    public IDataView Apply(IDataView source) => new MappedDataView(source, this);

    /// <summary>For each output column where it comes from: a getter, or the index of an input column.</summary>
    public MappedGetters MakeGetters(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = Rows.Active(OutputSchema, activeColumns);
        var added = MakeAdded(input, i => active[Array.IndexOf(_source, ~i)]);
        return new MappedGetters(_source, active, added);
    }

    /// <summary>The getters of the added columns that are active, null for the others.</summary>
    protected virtual Delegate[] MakeAdded(DataViewRow input, Func<int, bool> isActive)
        => [.. _added.Select((column, i) => isActive(i) ? column.MakeGetter(input) : null)];

    private DataViewSchema MakeSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(_source.Select(index => index >= 0 ? new DataViewSchema.DetachedColumn(InputSchema[index]) : _added[~index].Column));
        return builder.ToSchema();
    }
}
