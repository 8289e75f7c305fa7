using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Training;

/// <summary>The training recipe for a table, by what is known of it before anything was trained.</summary>
internal static class DefaultRecipes
{
    private const int LargeTable = 20_000;

    public static TrainingRecipe For(DataSplit split) => new()
    {
        BatchSize = split.Train.Count >= LargeTable ? 512 : split.Train.Count >= 5000 ? 256 : 128,
        Epochs = 200,
        Patience = 20,
    };
}
