using System;
using System.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Numbers the values of a column and makes an indicator vector of each.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly EstimatorChain<ITransformer> _chain;

    internal OneHotEncodingEstimator(
        IHostEnvironment env,
        ColumnPair[] columns,
        OutputKind outputKind,
        int maxKeys,
        ValueToKeyMappingEstimator.KeyOrdinality ordinality,
        IDataView keyData)
    {
        IEstimator<ITransformer> terms = new ValueToKeyMappingEstimator(env, columns, maxKeys, ordinality, asText: true, keyData);
        var keys = columns.Select(pair => new ColumnPair(pair.Output, pair.Output)).ToArray();
        var chain = new EstimatorChain<ITransformer>().Append(terms);
        _chain = outputKind switch
        {
            OutputKind.Key => chain,
            OutputKind.Indicator => chain.Append<ITransformer>(new KeyToVectorMappingEstimator(keys)),
            OutputKind.Bag or OutputKind.Binary => throw new NotSupportedException(
                $"OutputKind.{outputKind}: this build of Microsoft.ML encodes as Indicator or Key."),
            _ => throw new ArgumentOutOfRangeException(nameof(outputKind), outputKind, "Not an output kind."),
        };
    }

    public enum OutputKind : byte
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
        Binary = 4,
    }

    public OneHotEncodingTransformer Fit(IDataView input) => new(_chain.Fit(input));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.GetOutputSchema(inputSchema);
}

public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly ITransformer _chain;

    internal OneHotEncodingTransformer(ITransformer chain) => _chain = chain;

    bool ITransformer.IsRowToRowMapper => _chain.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _chain.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => _chain.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => _chain.Save(ctx);
}
