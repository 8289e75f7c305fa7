using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Data;

/// <summary>Training and validation rows that were encoded by one encoder, fitted on the training rows alone. Owns its rows.</summary>
/// <param name="input">The shape of one encoded row.</param>
/// <param name="target">What the head predicts.</param>
/// <param name="train">The rows that weights are fitted on.</param>
/// <param name="validation">The rows that architectures are ranked on.</param>
public sealed class DataSplit(Shape input, Target target, LabeledRows train, LabeledRows validation) : IDisposable
{
    /// <summary>The shape of one encoded row.</summary>
    public Shape Input { get; } = input;

    /// <summary>What the head predicts.</summary>
    public Target Target { get; } = target;

    /// <summary>The rows that weights are fitted on.</summary>
    public LabeledRows Train { get; } = train;

    /// <summary>The rows that architectures are ranked on.</summary>
    public LabeledRows Validation { get; } = validation;

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
    }
}
