using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Training;

/// <summary>The training recipe for a table, by what is known of it before anything was trained.</summary>
internal static class DefaultRecipes
{
    private const int SmallTable = 5_000;
    private const int Steps = 2_400;
    private const int LeastEpochs = 16;
    private const int MostEpochs = 48;

    /// <summary>The final training: as many epochs as make about 2,400 steps, so that the learning rate always gets to its end.</summary>
    public static TrainingRecipe For(DataSplit split)
    {
        var batch = split.Train.Count < SmallTable ? 128 : 256;
        var epochs = (int)Math.Clamp((long)Steps * batch / split.Train.Count, LeastEpochs, MostEpochs);
        return new TrainingRecipe { BatchSize = batch }.WithEpochs(epochs);
    }
}
