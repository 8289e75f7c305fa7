namespace Microsoft.ML.Trainers.FastTree;

public abstract class FastTreeTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBaseWithGroupId<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected FastTreeTrainerBase(SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight) : base(feature, label, weight)
    {
    }
}

public abstract class BoostingFastTreeTrainerBase<TOptions, TTransformer, TModel> : FastTreeTrainerBase<TOptions, TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected BoostingFastTreeTrainerBase(SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight) : base(feature, label, weight)
    {
    }
}
