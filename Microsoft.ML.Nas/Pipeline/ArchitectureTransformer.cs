using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>
/// A trained network, scored by ONNX Runtime. It adds the columns that ML.NET's own trainers add:
/// <list type="bullet">
/// <item>two classes: <c>PredictedLabel</c> (the label's type), <c>Score</c> (log-odds) and <c>Probability</c> of the positive class;</item>
/// <item>more classes: <c>PredictedLabel</c> (a key) and <c>Score</c> (a probability per class);</item>
/// <item>regression: <c>Score</c> (in the label's unit);</item>
/// <item>tokens of a text: <c>PredictedLabel</c> (a vector of keys, one a token) and <c>Score</c> (a probability per class for the first token, then for the second, and so on). Tokens beyond the
/// limit of <see cref="TextOptions.MaxTokens"/> have neither.</item>
/// </list>
/// Missing values, unseen categories and unknown keys are scored. Safe for use from several threads; prediction engines, as ever, are not.
/// </summary>
public sealed class ArchitectureTransformer : ITransformer, IDisposable
{
    private readonly ScoringModel _model;
    private readonly OnnxModel _onnx;

    internal ArchitectureTransformer(ScoringModel model, OnnxModel onnx, SearchResult? result = null, ComparisonReport? parity = null)
    {
        _model = model;
        _onnx = onnx;
        Result = result;
        ParityReport = parity;
    }

    /// <summary>What was searched, and what was found; null for a model that was read from a file.</summary>
    public SearchResult? Result { get; }

    /// <summary>The best architecture; null for a model that was read from a file.</summary>
    public Architecture? Architecture => Result?.Architecture;

    /// <summary>
    /// How near ONNX Runtime's answers are to the trained network's on up to 1,000 validation rows, in probability or in standard
    /// deviations of the label; null for a model that was read from a file.
    /// </summary>
    public ComparisonReport? ParityReport { get; }

    /// <summary>Always true: a row's answers depend on that row alone.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A feature column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new ScoreBinding(inputSchema, _model).Output;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A feature column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredDataView(input, new(input.Schema, _model));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A feature column is missing or of another type than in training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new ScoringMapper(new(inputSchema, _model));

    /// <summary>
    /// Writes the model as one ONNX file that needs nothing but ONNX Runtime. Inputs: every feature column under its own name,
    /// <c>[N, 1]</c> or <c>[N, size]</c>, text as strings, keys as their numbers. Outputs: <c>PredictedLabel [N, 1]</c> (the original label
    /// value), <c>Score</c> and <c>Probability</c> (<c>[N, 1]</c>, or <c>[N, classes]</c> for more than two classes); for regression
    /// <c>Score [N, 1]</c> alone. Tokens are an input <c>[N, tokens]</c>, filled up with empty strings; their outputs are <c>PredictedLabel [N, length]</c> and
    /// <c>Score [N, length, classes]</c>, empty (or 0) and zeros where there is no token. An output whose name a feature column has gets an underscore at its end. The file's metadata names the
    /// search, the architecture and the columns.
    /// </summary>
    /// <param name="path">Where to write; a file that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveOnnx(string path) => _onnx.Save(path);

    /// <summary>
    /// Writes a model of a text column as <see cref="SaveOnnx"/> does, but from the token ids on, for runtimes without ONNX Runtime's Tokenizer. The input, under
    /// the column's name, is Int64 <c>[N, length]</c>: 0 is padding, 1 an unknown token; the other tokens, in the order of their ids from 2 on, are
    /// in the metadata (<c>nas.columns</c>, <c>text.words</c>).
    /// </summary>
    /// <param name="path">Where to write; a file that is there is replaced.</param>
    /// <exception cref="InvalidOperationException">The model takes no texts.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveTokenIdsOnnx(string path) => ModelExporter.FromTokenIds(_onnx).Save(path);

    /// <summary>Not supported: ML.NET's model format cannot hold this model.</summary>
    /// <exception cref="NotSupportedException">Always; use <see cref="SaveOnnx"/>.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"ML.NET's model format cannot hold a searched network. Write it with {nameof(ArchitectureTransformer)}.{nameof(SaveOnnx)}(path), and read it with ml.Nas().LoadOnnx(path) or with ONNX Runtime alone.");

    /// <summary>Releases the network.</summary>
    public void Dispose() => _model.Dispose();
}
