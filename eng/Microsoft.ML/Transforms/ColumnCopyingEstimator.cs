using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns under new names, annotations included.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(params ColumnPair[] columns) : base(new ColumnCopyingTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => Transformer.Columns.Aggregate(inputSchema, (shape, pair) => shape.With(inputSchema.Find(pair.Input).Renamed(pair.Output)));
}

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal ColumnCopyingTransformer(ColumnPair[] columns) : base(columns)
    {
    }

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
        => new(source.Type, source.Annotations, row => Rows.GetterOf(row, source));
}
