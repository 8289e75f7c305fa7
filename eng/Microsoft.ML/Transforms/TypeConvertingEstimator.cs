using System;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Changes the item type of columns.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(ColumnPair[] columns, DataKind outputKind) : base(new TypeConvertingTransformer(columns, outputKind))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => Transformer.Columns.Aggregate(inputSchema, (shape, pair) =>
    {
        var source = inputSchema.Find(pair.Input);
        var type = PrimitiveTypes.OfKind(Transformer.OutputKind);
        Contracts.CheckParam(
            ValueConverter.Create((PrimitiveDataViewType)source.ItemType, type) is not null,
            nameof(inputSchema),
            $"Don't know how to convert {pair.Input} into {type}");
        // That keys stay keys shows only in the schema itself.
        return shape.With(new(pair.Output, source.Kind, type, false, source.Annotations));
    });
}

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal TypeConvertingTransformer(ColumnPair[] columns, DataKind outputKind) : base(columns) => OutputKind = outputKind;

    internal DataKind OutputKind { get; }

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
    {
        var itemType = ItemMap.ItemType(source.Type);
        var type = TargetType(itemType);
        var convert = ValueConverter.Create(itemType, type);
        Contracts.CheckParam(
            convert is not null,
            "inputSchema",
            $"source column '{source.Name}' with item type '{source.Type}' is not compatible with destination type '{type}'");

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, name => name == AnnotationKinds.SlotNames && source.Type is VectorDataViewType { IsKnownSize: true });
        annotations.Add(source.Annotations, name => name == AnnotationKinds.KeyValues && type is KeyDataViewType);
        annotations.Add(
            source.Annotations, name => name == AnnotationKinds.IsNormalized && itemType is NumberDataViewType && type is NumberDataViewType);
        if (source.Type is BooleanDataViewType && type is NumberDataViewType)
            annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        return new(ItemMap.Reshape(source.Type, type), annotations.ToAnnotations(), row => MakeGetter(row, source, convert));
    }

    private static Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source, Delegate convert)
        => Generic.Call<Delegate>(ItemMap.Getter<int, int>, convert.GetType().GetGenericArguments(), row, source, convert);

    private PrimitiveDataViewType TargetType(PrimitiveDataViewType source)
    {
        var type = PrimitiveTypes.OfKind(OutputKind);
        if (source is not KeyDataViewType key || !KeyDataViewType.IsValidDataType(type.RawType))
            return type;
        return new KeyDataViewType(type.RawType, Math.Min(key.Count, KeyDataViewType.MaxCount(type.RawType)));
    }
}
