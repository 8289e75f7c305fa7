using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys to vectors with a 1 at the key's slot and 0 elsewhere; a missing key to zeros.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    internal KeyToVectorMappingEstimator(ColumnPair[] columns) : base(new KeyToVectorMappingTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => Transformer.Columns.Aggregate(inputSchema, (shape, pair) =>
    {
        const SchemaShape.Column.VectorKind vector = SchemaShape.Column.VectorKind.Vector;
        var source = inputSchema.Find(pair.Input);
        var annotations = new List<SchemaShape.Column>();
        var isVariable = source.Kind == SchemaShape.Column.VectorKind.VariableVector;
        if (!isVariable && source.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.ItemType is TextDataViewType)
            annotations.Add(new(AnnotationKinds.SlotNames, vector, values.ItemType, false));
        if (!isVariable)
            annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, vector, NumberDataViewType.Int32, false));
        annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        var kind = isVariable ? SchemaShape.Column.VectorKind.VariableVector : vector;
        return shape.With(new(pair.Output, kind, NumberDataViewType.Single, false, new SchemaShape(annotations)));
    });
}

public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal KeyToVectorMappingTransformer(ColumnPair[] columns) : base(columns)
    {
    }

    private protected override OneToOneColumn Map(int index, DataViewSchema.Column source)
    {
        if (source.Type is not KeyDataViewType key)
            throw Contracts.SchemaMismatch("inputSchema", "input", source.Name, "scalar key", source.Type.ToString());
        var size = checked((int)key.Count);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (source.HasKeyValues())
            annotations.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> names) => source.GetKeyValues(ref names));
        annotations.AddVector(
            AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, 1, 2), new VBuffer<int>(2, [0, size - 1]));
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        return new(new VectorDataViewType(NumberDataViewType.Single, size), annotations.ToAnnotations(), row => MakeGetter(row, source, size));
    }

    private static ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, DataViewSchema.Column source, int size)
    {
        var read = KeyReader.Create(row, source);
        return (ref VBuffer<float> value) =>
        {
            var key = read();
            var isSet = key > 0 && key <= (ulong)size;
            var editor = VBufferEditor.Create(ref value, size, isSet ? 1 : 0, requireIndicesOnDense: true);
            if (isSet)
            {
                editor.Values[0] = 1;
                editor.Indices[0] = (int)key - 1;
            }

            value = editor.Commit();
        };
    }
}
