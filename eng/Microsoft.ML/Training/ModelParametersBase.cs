using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

public abstract class ModelParametersBase<TOutput> : ICanSaveModel
{
    private protected ModelParametersBase()
    {
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new System.NotSupportedException("ML.NET's model format cannot be written here.");

    /// <summary>The model's answer to a row of features.</summary>
    private protected abstract TOutput Score(in VBuffer<float> features);

    internal TOutput ScoreOf(in VBuffer<float> features) => Score(in features);
}
