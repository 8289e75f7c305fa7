using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Scales Single and Double columns to mean 0 and variance 1, or by the root mean square, which leaves 0 where it is.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly ColumnPair[] _columns;
    private readonly long _maxRows;
    private readonly bool _fixZero;

    internal NormalizingEstimator(ColumnPair[] columns, long maximumExampleCount, bool fixZero, bool useCdf)
    {
        if (useCdf)
            throw new NotSupportedException("useCdf = true: this build of Microsoft.ML normalizes by an affine function only.");
        Contracts.CheckParam(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        _columns = columns;
        _maxRows = maximumExampleCount;
        _fixZero = fixZero;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        var sources = _columns.Select(pair => input.Schema.GetColumnOrNull(pair.Input) ?? throw Contracts.MissingColumn(nameof(input), "input", pair.Input)).ToArray();
        var statistics = sources.Select(source => new SlotStatistics(source.Type is VectorDataViewType vector ? vector.Size : 1)).ToArray();
        SlotStatistics.Read(input, sources, statistics, _maxRows);
        return new NormalizingTransformer(_columns, [.. statistics.Select(statistic => statistic.Slots.Select(Function).ToArray())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _columns.Aggregate(inputSchema, (shape, pair) =>
    {
        var source = inputSchema.Find(pair.Input);
        if (source.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw Contracts.SchemaMismatch(nameof(inputSchema), "input", pair.Input, "known-size vector or scalar", source.TypeString());
        if (source.ItemType != NumberDataViewType.Single && source.ItemType != NumberDataViewType.Double)
            throw Contracts.SchemaMismatch(nameof(inputSchema), "input", pair.Input, "vector or scalar of Single or Double", source.TypeString());
        var normalized = new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
        var annotations = source.AnnotationsNamed(AnnotationKinds.SlotNames).Prepend(normalized);
        return shape.With(new(pair.Output, source.Kind, source.ItemType, source.IsKey, new SchemaShape(annotations)));
    });

    // A constant column carries nothing: it becomes 0.
    private Affine Function(SlotStatistics.Slot slot)
    {
        if (slot.Variance == 0)
            return new Affine(0, 0);
        return _fixZero
            ? new Affine(1 / Math.Sqrt((slot.Mean * slot.Mean) + slot.Variance), 0)
            : new Affine(1 / Math.Sqrt(slot.Variance), slot.Mean);
    }
}

/// <summary>(value - Offset) * Scale.</summary>
internal readonly record struct Affine(double Scale, double Offset);

public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    private readonly Affine[][] _functions;

    internal NormalizingTransformer(ColumnPair[] columns, Affine[][] functions) : base(columns) => _functions = functions;

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
    {
        var functions = _functions[index];
        Contracts.CheckParam(
            (source.Type is VectorDataViewType vector ? vector.Size : 1) == functions.Length,
            "inputSchema",
            $"Column '{source.Name}' of type '{source.Type}' must have {functions.Length} slots");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        annotations.Add(source.Annotations, name => name == AnnotationKinds.SlotNames);
        var movesZero = functions.Any(function => function.Offset != 0);
        return new(source.Type, annotations.ToAnnotations(), row => SlotMap.Getter(
            row,
            source,
            (slot, value) => (value - (float)functions[slot].Offset) * (float)functions[slot].Scale,
            (slot, value) => (value - functions[slot].Offset) * functions[slot].Scale,
            densify: movesZero));
    }
}
