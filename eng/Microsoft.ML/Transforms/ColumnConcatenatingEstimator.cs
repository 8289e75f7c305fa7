using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Puts scalar and vector columns of one type together into a vector column.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string outputColumnName, string[] inputColumnNames)
    {
        _output = Contracts.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        _inputs = Contracts.CheckValue(inputColumnNames, nameof(inputColumnNames));
        Contracts.CheckParam(_inputs.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Contracts.CheckParam(!_inputs.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new ColumnConcatenatingTransformer(_output, _inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var sources = _inputs.Select(inputSchema.Find).ToList();
        foreach (var source in sources)
        {
            Contracts.Check(!source.IsKey, $"Column '{source.Name}' is key. Concatenation of keys is unsupported.");
            Contracts.Check(
                source.ItemType.Equals(sources[0].ItemType),
                $"Concatenated columns should have the same type. Column '{source.Name}' has type of {source.ItemType}, but expected column type is {sources[0].ItemType}.");
        }

        const SchemaShape.Column.VectorKind vector = SchemaShape.Column.VectorKind.Vector;
        var annotations = new List<SchemaShape.Column>();
        if (sources.All(SchemaShapeExtensions.IsNormalized))
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        if (sources.Any(HasCategories))
            annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, vector, NumberDataViewType.Int32, false));
        if (sources.Any(source => source.Kind == SchemaShape.Column.VectorKind.Scalar || source.HasSlotNames()))
            annotations.Add(new(AnnotationKinds.SlotNames, vector, TextDataViewType.Instance, false));
        var kind = sources.Any(source => source.Kind == SchemaShape.Column.VectorKind.VariableVector) ? SchemaShape.Column.VectorKind.VariableVector : vector;
        return inputSchema.With(new(_output, kind, sources[0].ItemType, false, new SchemaShape(annotations)));
    }

    private static bool HasCategories(SchemaShape.Column column)
        => column.Annotations.TryFindColumn(AnnotationKinds.CategoricalSlotRanges, out var ranges)
            && ranges.Kind == SchemaShape.Column.VectorKind.Vector && ranges.ItemType == NumberDataViewType.Int32;
}
