using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Training;

/// <summary>The training recipe for a table, for images or for texts, by what is known of them before anything was trained.</summary>
internal static class DefaultRecipes
{
    private const int ImageBatch = 64;
    private const int ImageSteps = 6_000;
    private const int LeastImageEpochs = 30;
    private const int MostImageEpochs = 60;
    private const int TextBatch = 32;
    private const int TextSteps = 500;
    private const int LabelingSteps = 1_500;
    private const int LeastTextEpochs = 5;
    private const int MostTextEpochs = 60;
    private const int SmallTable = 5_000;
    private const int Steps = 2_400;
    private const int LeastEpochs = 16;
    private const int MostEpochs = 48;

    /// <summary>The final training: as many epochs as make about 2,400 steps, so that the learning rate always gets to its end.</summary>
    public static TrainingRecipe For(DataSplit split)
    {
        if (split.Input is ImageShape) return ForImages(split.Train.Count);
        if (split.Input is TokenShape) return split.Target.Task == LearningTask.SequenceLabeling ? ForLabeling(split.Train.Count) : ForTexts(split.Train.Count);
        var batch = split.Train.Count < SmallTable ? 128 : 256;
        var epochs = (int)Math.Clamp((long)Steps * batch / split.Train.Count, LeastEpochs, MostEpochs);
        return new TrainingRecipe { BatchSize = batch }.WithEpochs(epochs);
    }

    /// <summary>
    /// Convolutional networks: SGD with small batches and a high learning rate that falls to zero, as they are trained in the literature, labels
    /// smoothed (Szegedy 2016); about 6,000 steps, at least 30 epochs. What matters most is that the schedule ends, so training is not stopped before.
    /// </summary>
    private static TrainingRecipe ForImages(int rows)
    {
        var epochs = (int)Math.Clamp((long)ImageSteps * ImageBatch / rows, LeastImageEpochs, MostImageEpochs);
        return new TrainingRecipe { BatchSize = ImageBatch, LearningRate = 0.1, WeightDecay = 5e-4, Momentum = 0.9, LabelSmoothing = 0.1, GradientClip = 5, FinalLearningRateShare = 0, Epochs = epochs, Patience = epochs };
    }

    /// <summary>
    /// Networks on words: small batches, and an end to the schedule before the rare words of the training texts are known by heart; about 500 steps at
    /// a high rate. Embeddings of words that are seen a few times need it: at a lower rate they take three times as many steps, in which layers above
    /// them overfit.
    /// </summary>
    private static TrainingRecipe ForTexts(int rows) => ForWords(rows, TextSteps) with { LearningRate = 5e-3 };

    /// <summary>A label a token: many labels a step, and more steps to learn them; about 1,500.</summary>
    private static TrainingRecipe ForLabeling(int rows) => ForWords(rows, LabelingSteps);

    private static TrainingRecipe ForWords(int rows, int steps)
    {
        var epochs = (int)Math.Clamp((long)steps * TextBatch / rows, LeastTextEpochs, MostTextEpochs);
        return new TrainingRecipe { BatchSize = TextBatch, Epochs = epochs, Patience = Math.Max(5, epochs / 3) };
    }
}
