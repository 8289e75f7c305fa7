using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Maps the values that occur to keys, whose KeyValues annotation holds the values.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHost _host;
    private readonly ColumnPair[] _columns;
    private readonly int _maxKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _asText;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(
        IHostEnvironment env, ColumnPair[] columns, int maxKeys, KeyOrdinality ordinality, bool asText, IDataView keyData)
    {
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        Contracts.CheckParam(
            keyData is null || keyData.Schema.Count == 1,
            nameof(keyData),
            $"If specified, this data view should contain only a single column containing the terms to map, but this had {keyData?.Schema.Count} columns.");
        _columns = columns;
        _maxKeys = maxKeys;
        _ordinality = ordinality;
        _asText = asText;
        _keyData = keyData;
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        var data = _keyData ?? input;
        var sources = _columns.Select(pair => _keyData is null
            ? input.Schema.GetColumnOrNull(pair.Input) ?? throw Contracts.MissingColumn(nameof(input), "input", pair.Input)
            : _keyData.Schema[0]).ToArray();
        var maps = sources.Select(source => TermMap.Create(ItemMap.ItemType(source.Type), _maxKeys)).ToArray();
        Read(data, sources, maps);
        return new ValueToKeyMappingTransformer(_columns, maps, _asText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _columns.Aggregate(inputSchema, (shape, pair) =>
    {
        var source = inputSchema.Find(pair.Input);
        var hasValues = source.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values)
            && source.IsKey && values.Kind == SchemaShape.Column.VectorKind.Vector;
        if (!hasValues)
        {
            var itemType = _asText ? TextDataViewType.Instance : source.ItemType;
            values = new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, itemType, source.IsKey);
        }

        var annotations = new SchemaShape(source.AnnotationsNamed(AnnotationKinds.SlotNames).Append(values));
        return shape.With(new(pair.Output, source.Kind, NumberDataViewType.UInt32, true, annotations));
    });

    private void Read(IDataView data, DataViewSchema.Column[] sources, TermMap[] maps)
    {
        using var channel = _host.Start("Building term dictionary");
        using (var cursor = data.GetRowCursor(sources))
        {
            var readers = maps.Select((map, i) => map.Reader(cursor, sources[i])).ToArray();
            while (cursor.MoveNext())
            {
                foreach (var read in readers)
                    read();
            }
        }

        for (var i = 0; i < maps.Length; i++)
        {
            if (_ordinality == KeyOrdinality.ByValue)
                maps[i].Sort();
            if (maps[i].Count == 0)
                channel.Warning($"Term map for output column '{_columns[i].Output}' contains no entries.");
        }
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    private readonly TermMap[] _maps;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer(ColumnPair[] columns, TermMap[] maps, bool asText) : base(columns)
    {
        _maps = maps;
        _asText = asText;
    }

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
    {
        var map = _maps[index];
        var itemType = ItemMap.ItemType(source.Type);
        Contracts.Check(
            itemType.Equals(map.ItemType),
            $"Could not apply a map over type '{map.ItemType}' to column '{source.Name}' since it has type '{itemType}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        map.AddKeyValues(annotations, source, _asText);
        annotations.Add(source.Annotations, name => name == AnnotationKinds.SlotNames);
        return new(ItemMap.Reshape(source.Type, map.KeyType), annotations.ToAnnotations(), row => map.Getter(row, source));
    }
}
