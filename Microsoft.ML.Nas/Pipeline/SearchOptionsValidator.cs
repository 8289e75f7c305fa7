using System.Numerics;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas;

/// <summary>Refuses options that no search can honour, before anything is read or trained.</summary>
internal static class SearchOptionsValidator
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; it is named, with its value.</exception>
    /// <exception cref="ArgumentException">A column name is missing, empty or given twice.</exception>
    public static void Validate(SearchOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.LabelColumnName, nameof(options.LabelColumnName));
        if (options.ExampleWeightColumnName is { } weight)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(weight, nameof(options.ExampleWeightColumnName));
            if (weight == options.LabelColumnName)
                throw Refusal(nameof(options.ExampleWeightColumnName), $"The weight column '{weight}' is the label column too; name two columns.");
        }
        if (options.FeatureColumnNames is { } features) ValidateNames(features);
        if (options.Study is { } study) ArgumentException.ThrowIfNullOrWhiteSpace(study, nameof(options.Study));

        options.Robustness?.Validate();

        Defined(options.Task, nameof(options.Task));
        Defined(options.Metric, nameof(options.Metric));
        Defined<ClassWeighting>(options.ClassWeighting, nameof(options.ClassWeighting));
        Defined<TrainingPrecision>(options.Precision, nameof(options.Precision));
        Positive(options.MaxSearchTimeInSeconds, nameof(options.MaxSearchTimeInSeconds));
        Positive(options.MaxTrainingTimeInSeconds, nameof(options.MaxTrainingTimeInSeconds));
        Positive(options.MaxTrials, nameof(options.MaxTrials));
        Positive(options.MaxEpochs, nameof(options.MaxEpochs));
        Positive(options.EpochsPerTrial, nameof(options.EpochsPerTrial));
        Positive(options.MaxMacs, nameof(options.MaxMacs));
        Positive(options.MaxTrainingEpochs, nameof(options.MaxTrainingEpochs));
        if (options.Objectives is null) throw Refusal(nameof(options.Objectives), $"{nameof(options.Objectives)} is null; give an empty list for none.");
        if (options.Objectives.CountBy(static objective => objective.Name).FirstOrDefault(static pair => pair.Value > 1) is { Key: { } same })
            throw Refusal(nameof(options.Objectives), $"Two objectives have the name '{same}'; each needs its own.");
        Positive<int>(options.EnsembleSize, nameof(options.EnsembleSize));
        Positive(options.Threads, nameof(options.Threads));
        NotNegative(options.ImageAugmentation?.CropPadding, $"{nameof(options.ImageAugmentation)}.{nameof(ImageAugmentation.CropPadding)}");
        NotNegative(options.ImageAugmentation?.CutoutSize, $"{nameof(options.ImageAugmentation)}.{nameof(ImageAugmentation.CutoutSize)}");
        ArgumentNullException.ThrowIfNull(options.Text, nameof(options.Text));
        Positive<int>(options.Text.VocabularySize, $"{nameof(options.Text)}.{nameof(options.Text.VocabularySize)}");
        Positive<int>(options.Text.MinTokenCount, $"{nameof(options.Text)}.{nameof(options.Text.MinTokenCount)}");
        Positive(options.Text.MaxTokens, $"{nameof(options.Text)}.{nameof(options.Text.MaxTokens)}");
        if (!(options.ValidationFraction is > 0 and < 1))
            throw OutOfRange(nameof(options.ValidationFraction), options.ValidationFraction, "is not allowed: it must lie between 0 and 1, both excluded");
        if (options.Task is { } task) ValidateMetric(options, task);
    }

    /// <exception cref="ArgumentOutOfRangeException">The metric is not one of the task, or not one of the labels.</exception>
    public static void ValidateMetric(SearchOptions options, ColumnPlan plan)
    {
        ValidateMetric(options, plan.Task);
        if (options.Metric == SearchMetric.EntityF1 && plan.Label.Entities is null)
            throw OutOfRange(nameof(options.Metric), SearchMetric.EntityF1, $"needs labels that mark entities, and the key values of the column '{plan.Label.Name}' do not: name them B-type for the first token of an entity, I-type for its others, and O for tokens outside, or choose another metric");
    }

    /// <exception cref="ArgumentOutOfRangeException">The metric is not one of the task.</exception>
    private static void ValidateMetric(SearchOptions options, LearningTask task)
    {
        if (options.Metric is not { } metric || metric.Fits(task)) return;
        var fitting = Enum.GetValues<SearchMetric>().Where(candidate => candidate.Fits(task));
        throw OutOfRange(nameof(options.Metric), metric, $"is no metric of {task}; choose one of {string.Join(", ", fitting)}");
    }

    private static void ValidateNames(string[] names)
    {
        const string option = nameof(SearchOptions.FeatureColumnNames);
        if (names.Length == 0) throw Refusal(option, $"{option} is empty; name at least one column, or leave it null for all.");
        foreach (var name in names) ArgumentException.ThrowIfNullOrWhiteSpace(name, option);
        if (names.CountBy(static name => name).FirstOrDefault(static pair => pair.Value > 1) is { Key: { } twice })
            throw Refusal(option, $"{option} names the column '{twice}' more than once.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The device cannot train in the precision.</exception>
    public static void ValidatePrecision(SearchOptions options, TorchSharp.DeviceType device)
    {
        if (options.Precision == TrainingPrecision.Float16 && device != TorchSharp.DeviceType.CUDA)
            throw OutOfRange(nameof(options.Precision), options.Precision,
                $"needs a CUDA GPU; this search trains on {device}, where LibTorch has no float16 convolutions. Use {nameof(TrainingPrecision.BFloat16)} or {nameof(TrainingPrecision.Float32)}, or set {nameof(MLContext)}.{nameof(MLContext.GpuDeviceId)}");
    }

    private static void Defined<T>(T? value, string option) where T : struct, Enum
    {
        if (value is { } given && !Enum.IsDefined(given))
            throw OutOfRange(option, given, $"is none of {string.Join(", ", Enum.GetNames<T>())}");
    }

    private static void Positive<T>(T? value, string option) where T : struct, INumber<T>
    {
        // Written so that NaN fails too.
        if (value is { } given && !(given > T.Zero)) throw OutOfRange(option, given, "is not allowed: it must be greater than 0");
    }

    private static void NotNegative(int? value, string option)
    {
        if (value is < 0) throw OutOfRange(option, value.Value, "is not allowed: it must not be negative");
    }

    private static ArgumentException Refusal(string option, string message) => new(message, option);

    private static ArgumentOutOfRangeException OutOfRange<T>(string option, T value, string why) =>
        new(option, value, $"{nameof(SearchOptions)}.{option} is {value}, which {why}.");
}
