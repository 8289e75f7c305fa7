using System;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML
{
    public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel> where TModel : class
    {
        string FeatureColumnName { get; }

        DataViewType FeatureColumnType { get; }
    }
}

namespace Microsoft.ML.Data
{
    public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable where TModel : class
    {
        private protected PredictionTransformerBase(TModel model) => Model = model;

        bool ITransformer.IsRowToRowMapper => true;

        public TModel Model { get; }

        public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

        public IDataView Transform(IDataView input) => Map(Contracts.CheckValue(input, nameof(input)).Schema).Apply(input);

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(Contracts.CheckValue(inputSchema, nameof(inputSchema)));

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw ModelSaveContext.NoFormat(this);

        public void Dispose() => (Model as IDisposable)?.Dispose();

        private protected abstract RowMapping Map(DataViewSchema input);
    }

    public abstract class SingleFeaturePredictionTransformerBase<TModel> : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel> where TModel : class
    {
        private protected SingleFeaturePredictionTransformerBase(TModel model, string featureColumn, DataViewType featureType) : base(model)
            => (FeatureColumnName, FeatureColumnType) = (featureColumn, featureType);

        public string FeatureColumnName { get; }

        public DataViewType FeatureColumnType { get; }

        public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(Contracts.CheckValue(inputSchema, nameof(inputSchema))).OutputSchema;
    }

    public sealed class RegressionPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class
    {
        internal RegressionPredictionTransformer(TModel model, string featureColumn, DataViewType featureType) : base(model, featureColumn, featureType)
        {
        }

        private protected override RowMapping Map(DataViewSchema input)
        {
            var features = input.GetColumnOrNull(FeatureColumnName) ?? throw new ArgumentOutOfRangeException(nameof(input), $"Could not find feature column '{FeatureColumnName}'");
            if (!features.Type.Equals(FeatureColumnType))
                throw new ArgumentOutOfRangeException(nameof(input), $"Schema mismatch for feature column '{FeatureColumnName}': expected {FeatureColumnType}, got {features.Type}");
            var model = (ModelParametersBase<float>)(object)Model;
            return new RowMapping(input, new MappedColumn(new DataViewSchema.DetachedColumn("Score", NumberDataViewType.Single), [features.Index], row =>
            {
                var getter = row.GetGetter<VBuffer<float>>(features);
                VBuffer<float> values = default;
                return (ValueGetter<float>)((ref float score) =>
                {
                    getter(ref values);
                    score = model.ScoreOf(in values);
                });
            }));
        }
    }
}
