using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>A trained model that scores: the encoder of its features and its network in ONNX Runtime. Safe for use from several threads.</summary>
internal sealed class ScoringModel : IDisposable
{
    /// <summary>The default of <see cref="BatchSize"/> for rows of up to 256 values; of wider rows fewer are scored at a time.</summary>
    public const int DefaultBatchSize = 1024;
    private const int BatchValues = 1 << 18;

    /// <summary>The number of texts, of those read ahead, that go through the network together.</summary>
    private const int SimilarTexts = 32;

    private readonly OnnxSession _batches;
    private readonly OnnxSession _singles;

    /// <param name="encoder">The encoder of its features.</param>
    /// <param name="keyValues">What the label's keys stand for; null where there are no keys or they stand for themselves.</param>
    /// <param name="network">The network: encoded rows in, probabilities or predictions out.</param>
    /// <param name="threads">The number of threads that score a batch; null for all cores.</param>
    /// <param name="batchSize">The number of rows that cursors score at a time; null for <see cref="DefaultBatchSize"/>, or fewer of wide rows.</param>
    public ScoringModel(InputEncoder encoder, KeyValues? keyValues, OnnxModel network, int? threads = null, int? batchSize = null)
    {
        Encoder = encoder;
        KeyValues = keyValues;
        BatchSize = batchSize ?? (int)Math.Clamp(BatchValues / encoder.Dimensions.Aggregate(1L, static (product, size) => product * size), 16, DefaultBatchSize);
        Answers = ModelAnswers.Of(encoder.Plan.Task, encoder.Plan.Label, keyValues);
        _batches = new(network, new() { IntraOpThreads = threads ?? 0 });
        // A single row is done before a second thread would have woken.
        _singles = new(network, new() { IntraOpThreads = 1 });
    }

    /// <summary>The encoder of its features.</summary>
    public InputEncoder Encoder { get; }

    /// <summary>What the label's keys stand for.</summary>
    public KeyValues? KeyValues { get; }

    /// <summary>What it answers.</summary>
    public ModelAnswers Answers { get; }

    /// <summary>The number of rows that cursors score at a time.</summary>
    public int BatchSize { get; }

    /// <summary>A runner for up to <paramref name="capacity"/> rows at a time.</summary>
    public NetworkRunner CreateRunner(int capacity) => new((capacity == 1 ? _singles : _batches).Bind(Encoder is TextEncoder ? Math.Min(capacity, SimilarTexts) : capacity), capacity);

    /// <inheritdoc/>
    public void Dispose()
    {
        _batches.Dispose();
        _singles.Dispose();
    }
}
