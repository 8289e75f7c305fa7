using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Data;

/// <summary>What a network's head predicts.</summary>
/// <param name="Task">The task.</param>
/// <param name="Classes">The number of classes; 1 for regression.</param>
/// <param name="Mean">Regression: the mean of the training rows' labels, in the label's unit. 0 otherwise.</param>
/// <param name="Scale">Regression: the standard deviation of the training rows' labels, in the label's unit (1 where it is 0). 1 otherwise.</param>
public sealed record Target(LearningTask Task, int Classes, float Mean = 0f, float Scale = 1f)
{
    /// <summary>The number of values the head gives a row, or a token: 1 logit for two classes, a logit per class for more and for labels of tokens, 1 standardised value for regression.</summary>
    public int Outputs => Task is LearningTask.MulticlassClassification or LearningTask.SequenceLabeling ? Classes : 1;

    /// <summary>The entities that labels of tokens mark; null where they mark none.</summary>
    internal EntityTags? Entities { get; init; }

    /// <summary>The number of labels of a row of a shape: 1, or as many as a text may have tokens.</summary>
    internal int LabelsOf(Shape input) => Task == LearningTask.SequenceLabeling ? ((TokenShape)input).Length : 1;
}
