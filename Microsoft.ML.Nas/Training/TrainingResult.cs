namespace Microsoft.ML.Nas.Training;

/// <summary>How a training went. The network holds the best epoch's weights.</summary>
/// <param name="Epochs">The number of epochs trained.</param>
/// <param name="PlannedEpochs">The number of epochs the schedule was laid out for.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, counted from 1.</param>
/// <param name="ValidationLoss">That epoch's mean validation loss.</param>
/// <param name="Validation">That epoch's predictions of the validation rows; null where there are none.</param>
/// <param name="Seconds">The time it took.</param>
internal sealed record TrainingResult(int Epochs, int PlannedEpochs, int BestEpoch, double ValidationLoss, Predictions? Validation, double Seconds);
