namespace Microsoft.ML.Nas.Training;

/// <summary>How long a training went on, which may have depended on the clock: enough to repeat it without one.</summary>
/// <param name="PlannedEpochs">The number of epochs that the learning rate was laid out for after the first.</param>
/// <param name="Epochs">The number of epochs trained.</param>
internal sealed record TrainingSchedule(int PlannedEpochs, int Epochs);
