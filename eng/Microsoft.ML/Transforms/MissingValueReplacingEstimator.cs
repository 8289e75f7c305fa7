using System;
using System.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Replaces NaN in Single and Double columns by 0 or by a statistic of the column's other values.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHost _host;
    private readonly ColumnPair[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment env, ColumnPair[] columns, ReplacementMode mode, bool bySlot)
    {
        if (mode == ReplacementMode.Mode)
            throw new NotSupportedException("ReplacementMode.Mode: this build of Microsoft.ML replaces by DefaultValue, Mean, Minimum or Maximum.");
        Contracts.CheckParam(Enum.IsDefined(mode), "replacementMode", $"{mode} is not a replacement mode.");
        _host = env.Register(nameof(MissingValueReplacingEstimator));
        _columns = columns;
        _mode = mode;
        _bySlot = bySlot;
    }

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        var sources = _columns.Select(pair => input.Schema.GetColumnOrNull(pair.Input) ?? throw Contracts.MissingColumn(nameof(input), "input", pair.Input)).ToArray();
        var statistics = sources.Select(source => new SlotStatistics(_bySlot && source.Type is VectorDataViewType { IsKnownSize: true } vector ? vector.Size : 1)).ToArray();
        if (_mode != ReplacementMode.DefaultValue)
            SlotStatistics.Read(input, sources, statistics);
        return new MissingValueReplacingTransformer(_columns, [.. statistics.Select(Replacement)]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _columns.Aggregate(inputSchema, (shape, pair) =>
    {
        var source = inputSchema.Find(pair.Input);
        Contracts.CheckParam(
            source.ItemType == NumberDataViewType.Single || source.ItemType == NumberDataViewType.Double,
            nameof(inputSchema),
            $"Type '{source.TypeString()}' of column '{pair.Input}' has no missing value other than its default: only Single and Double have.");
        var annotations = source.AnnotationsNamed(AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized);
        return shape.With(new(pair.Output, source.Kind, source.ItemType, false, new SchemaShape(annotations)));
    });

    private double[] Replacement(SlotStatistics statistics)
    {
        if (_mode == ReplacementMode.Mean && statistics.Slots.Any(slot => slot.FiniteCount == 0))
        {
            using var channel = _host.Start("Computing Statistics");
            channel.Warning("All values in this column are NAs, using default value for imputation");
        }

        return [.. statistics.Slots.Select(slot => _mode switch
        {
            ReplacementMode.Mean => slot.Mean,
            ReplacementMode.Minimum => slot.Min,
            ReplacementMode.Maximum => slot.Max,
            _ => 0,
        })];
    }
}

public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    private readonly double[][] _replacements;

    internal MissingValueReplacingTransformer(ColumnPair[] columns, double[][] replacements) : base(columns) => _replacements = replacements;

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
    {
        var replacement = _replacements[index];
        Contracts.CheckParam(
            replacement.Length == 1 || (source.Type as VectorDataViewType)?.Size == replacement.Length,
            "inputSchema",
            $"Column '{source.Name}' of type '{source.Type}' must be a vector of size {replacement.Length}");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, name => name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
        return new(source.Type, annotations.ToAnnotations(), row => SlotMap.Getter(
            row,
            source,
            (slot, value) => float.IsNaN(value) ? (float)replacement[slot % replacement.Length] : value,
            (slot, value) => double.IsNaN(value) ? replacement[slot % replacement.Length] : value));
    }
}
