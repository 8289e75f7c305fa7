using System;
using System.Linq;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys back to the values in their KeyValues annotation; a missing key to a missing or default value.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(params ColumnPair[] columns) : base(new KeyToValueMappingTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => Transformer.Columns.Aggregate(inputSchema, (shape, pair) =>
    {
        var source = inputSchema.Find(pair.Input);
        if (!source.IsKey)
            throw Contracts.SchemaMismatch(nameof(inputSchema), "input", pair.Input, "KeyType", source.TypeString());
        Contracts.CheckParam(
            source.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values),
            nameof(inputSchema),
            $"Input column '{pair.Input}' doesn't contain key values metadata");
        var annotations = source.HasSlotNames() ? new SchemaShape(source.AnnotationsNamed(AnnotationKinds.SlotNames)) : null;
        return shape.With(new(pair.Output, source.Kind, values.ItemType, values.IsKey, annotations));
    });
}

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal KeyToValueMappingTransformer(ColumnPair[] columns) : base(columns)
    {
    }

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
    {
        var values = source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type as VectorDataViewType;
        Contracts.Check(values is not null, "Metadata KeyValues does not exist");
        var key = ItemMap.ItemType(source.Type) as KeyDataViewType;
        Contracts.Check(key?.Count == (ulong)values.Size, "KeyValues metadata size does not match column type key count");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, name => name == AnnotationKinds.SlotNames);
        return new(
            ItemMap.Reshape(source.Type, values.ItemType),
            annotations.ToAnnotations(),
            row => Generic.Call<Delegate>(MakeGetter<int, int>, [key.RawType, values.ItemType.RawType], row, source));
    }

    private static Delegate MakeGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column source) where TKey : struct, IBinaryInteger<TKey>
    {
        VBuffer<TValue> buffer = default;
        source.GetKeyValues(ref buffer);
        var values = buffer.DenseValues().ToArray();
        var missing = MissingValues.MissingOrDefault<TValue>();
        return ItemMap.Getter<TKey, TValue>(row, source, key =>
        {
            var number = ulong.CreateTruncating(key);
            return number > 0 && number <= (ulong)values.Length ? values[number - 1] : missing;
        });
    }
}
