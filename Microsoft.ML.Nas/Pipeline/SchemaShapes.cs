using Microsoft.ML.Data;

namespace Microsoft.ML.Nas;

/// <summary>
/// Makes schema shapes. ML.NET keeps the constructor of a shape's columns to itself, but an estimator chain that is fitted hands its
/// estimators the shape of the data: an estimator that only looks at it gets what could not be made.
/// </summary>
internal static class SchemaShapes
{
    /// <summary>The shape of a schema.</summary>
    public static SchemaShape Of(DataViewSchema schema)
    {
        var observer = new Observer();
        new EstimatorChain<ITransformer>().Append(observer).Fit(new SchemaOnlyView(schema));
        return observer.Seen!;
    }

    /// <summary>A shape with columns added; an added column takes the place of one of the same name.</summary>
    public static SchemaShape With(SchemaShape shape, IEnumerable<DataViewSchema.DetachedColumn> added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(added);
        var columns = Of(builder.ToSchema());
        var names = columns.Select(static column => column.Name).ToHashSet();
        return new(shape.Where(column => !names.Contains(column.Name)).Concat(columns));
    }

    private sealed class Observer : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }

    private sealed class SchemaOnlyView(DataViewSchema schema) : IDataView
    {
        public DataViewSchema Schema => schema;

        public bool CanShuffle => false;

        public long? GetRowCount() => 0;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            throw new NotSupportedException("This view has a schema and no rows.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            throw new NotSupportedException("This view has a schema and no rows.");
    }
}
