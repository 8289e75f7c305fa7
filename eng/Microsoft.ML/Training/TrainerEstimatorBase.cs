using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>A trainer of a column of features, a label and possibly a weight, whose model gives a score.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column FeatureColumn;
    public readonly SchemaShape.Column LabelColumn;
    public readonly SchemaShape.Column WeightColumn;

    private protected TrainerEstimatorBase(SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight)
        => (FeatureColumn, LabelColumn, WeightColumn) = (feature, label, weight);

    public TTransformer Fit(IDataView input) => Train(Contracts.CheckValue(input, nameof(input)));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        foreach (var needed in (SchemaShape.Column[])[FeatureColumn, LabelColumn, WeightColumn])
            if (needed.Name is not null)
                inputSchema.Find(needed.Name);
        return inputSchema.With(new SchemaShape.Column("Score", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false));
    }

    private protected abstract TTransformer Train(IDataView input);
}

public abstract class TrainerEstimatorBaseWithGroupId<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected TrainerEstimatorBaseWithGroupId(SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight) : base(feature, label, weight)
    {
    }
}
