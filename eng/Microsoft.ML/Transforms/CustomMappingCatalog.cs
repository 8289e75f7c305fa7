using System;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class CustomMappingCatalog
{
    /// <param name="contractName">The name under which a saved model finds the function again; null if it is never saved.</param>
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
        this TransformsCatalog catalog,
        Action<TSrc, TDst> mapAction,
        string contractName,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new()
        => new(mapAction, inputSchemaDefinition, outputSchemaDefinition);

    /// <summary>Drops the rows for which the predicate is true.</summary>
    public static IDataView FilterByCustomPredicate<TSrc>(this DataOperationsCatalog catalog, IDataView input, Func<TSrc, bool> filterPredicate)
        where TSrc : class, new()
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(filterPredicate, nameof(filterPredicate));
        var reader = new ObjectWriter<TSrc>(input.Schema, ignoreMissingColumns: false, definition: null);
        int[] columns = [.. System.Linq.Enumerable.Select(reader.Columns, column => column.Index)];
        return new FilterDataView(input, columns, cursor =>
        {
            var setters = reader.MakeSetters(cursor);
            var row = new TSrc();
            return () =>
            {
                foreach (var set in setters)
                    set(row);
                return !filterPredicate(row);
            };
        });
    }
}
