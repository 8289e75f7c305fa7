using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps, or drops, columns by name. Kept columns come in the order of their names here.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(string[] names, bool keep, bool keepHidden) : base(new ColumnSelectingTransformer(names, keep, keepHidden))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Transformer.CheckNames(Contracts.CheckValue(inputSchema, nameof(inputSchema)).Select(column => column.Name));
        return new SchemaShape(inputSchema.Where(column => Transformer.Keeps(column.Name)));
    }
}

public sealed class ColumnSelectingTransformer : ITransformer
{
    private readonly string[] _names;
    private readonly bool _keep;
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] names, bool keep, bool keepHidden)
    {
        Contracts.Check(names is { Length: > 0 }, "Column names must be given.");
        _names = names;
        _keep = keep;
        _keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(Contracts.CheckValue(inputSchema, nameof(inputSchema))).OutputSchema;

    public IDataView Transform(IDataView input) => Map(Contracts.CheckValue(input, nameof(input)).Schema).Apply(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(Contracts.CheckValue(inputSchema, nameof(inputSchema)));

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw ModelSaveContext.NoFormat(this);

    internal bool Keeps(string name) => _names.Contains(name) == _keep;

    internal void CheckNames(IEnumerable<string> present)
    {
        var missing = _names.Except(present).ToList();
        if (missing.Count > 0)
            throw Contracts.MissingColumn("inputSchema", "input", string.Join(",", missing));
    }

    private RowMapping Map(DataViewSchema input)
    {
        CheckNames(input.Select(column => column.Name));
        var kept = _keep
            ? _names.SelectMany(name => input.Where(column => column.Name == name && (_keepHidden || !column.IsHidden)))
            : input.Where(column => !_names.Contains(column.Name));
        return new RowMapping(input, [.. kept.Select(column => column.Index)]);
    }
}
