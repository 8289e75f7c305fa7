using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas;

/// <summary>A row with the model's columns added. The network runs once a row, when the first of them is read, and allocates nothing.</summary>
internal sealed class ScoringRow : DataViewRow, IPredictionSource
{
    private readonly ScoreBinding _binding;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly RowEncoder? _encoder;
    private readonly NetworkRunner? _runner;
    private long _scoredPosition = -1;

    /// <param name="binding">The model and the schemas.</param>
    /// <param name="input">The row that is scored again whenever its position changes; owned.</param>
    /// <param name="active">Which of the output's columns are asked for.</param>
    public ScoringRow(ScoreBinding binding, DataViewRow input, bool[] active)
    {
        _binding = binding;
        _input = input;
        _active = active;
        if (!active.AsSpan(binding.Input.Count).Contains(true)) return;
        _encoder = binding.Model.Encoder.CreateRowEncoder(input);
        _runner = binding.Model.CreateRunner(capacity: 1);
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    ReadOnlySpan<float> IPredictionSource.Current
    {
        get
        {
            var position = _input.Position;
            if (_scoredPosition != position || position < 0)
            {
                _encoder!.Encode(_runner!.Features(0));
                _runner.Run(1);
                _scoredPosition = position;
            }
            return _runner!.Row(0);
        }
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index])
            throw new InvalidOperationException($"The column '{column.Name}' is not active; name it in the active columns.");
        return _binding.IsAdded(column)
            ? ScoreBinding.As<TValue>(_binding.Getter(column, this), column)
            : _input.GetGetter<TValue>(_binding.Input[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _runner?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }
}
