using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>A transformer of the library's own that adds columns computed row by row.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(Contracts.CheckValue(inputSchema, nameof(inputSchema))).OutputSchema;

    public IDataView Transform(IDataView input) => Map(Contracts.CheckValue(input, nameof(input)).Schema).Apply(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(Contracts.CheckValue(inputSchema, nameof(inputSchema)));

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw ModelSaveContext.NoFormat(this);

    private protected abstract RowMapping Map(DataViewSchema input);
}
