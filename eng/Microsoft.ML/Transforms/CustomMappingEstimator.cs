using System;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Adds the columns that a function of the user's computes from a row.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly SchemaDefinition _inputDefinition;

    internal CustomMappingEstimator(Action<TSrc, TDst> mapAction, SchemaDefinition inputDefinition, SchemaDefinition outputDefinition)
        : base(new CustomMappingTransformer<TSrc, TDst>(mapAction, inputDefinition, outputDefinition))
        => _inputDefinition = inputDefinition;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (var member in MemberColumn.Bind(typeof(TSrc), SchemaDefinition.Direction.Both, _inputDefinition))
        {
            var source = inputSchema.Find(member.ColumnName);
            var needed = SchemaShape.Column.Of(member.ColumnName, member.ColumnType);
            if (needed.ItemType != source.ItemType || needed.IsKey != source.IsKey || !Fits(needed.Kind, source.Kind))
                throw Contracts.SchemaMismatch(nameof(inputSchema), "input", member.ColumnName, member.ColumnType.ToString(), source.TypeString());
        }

        return SchemaShape.Create(MemberColumn.SchemaOf(Transformer.Added)).Aggregate(inputSchema, (shape, column) => shape.With(column));
    }

    // A vector of any size takes one of a known size.
    private static bool Fits(SchemaShape.Column.VectorKind needed, SchemaShape.Column.VectorKind actual)
        => needed == actual || (needed == SchemaShape.Column.VectorKind.VariableVector && actual == SchemaShape.Column.VectorKind.Vector);
}
