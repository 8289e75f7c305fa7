using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas;

/// <summary>
/// Scores rows in batches: reads ahead up to <see cref="ScoringModel.BatchSize"/> rows, keeps of each what the consumer asked for, runs the
/// network once, and then hands the rows out one by one.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor, IPredictionSource
{
    // A consumer that looks at a few rows only should not pay for a whole batch.
    private const int FirstBatch = 32;

    private readonly ScoreBinding _binding;
    private readonly DataViewRowCursor _input;
    private readonly bool[] _active;
    private readonly RowEncoder _encoder;
    private readonly NetworkRunner _runner;
    private readonly Dictionary<int, PassThrough> _keptByColumn;
    private readonly PassThrough[] _kept;
    private readonly ValueGetter<DataViewRowId> _inputId;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private readonly BatchPlace _place = new();
    private int _limit;
    private int _count;
    private long _position = -1;
    private bool _isDone;

    /// <param name="binding">The model and the schemas.</param>
    /// <param name="input">The input's rows; owned.</param>
    /// <param name="active">Which of the output's columns are asked for.</param>
    public ScoringCursor(ScoreBinding binding, DataViewRowCursor input, bool[] active)
    {
        var capacity = binding.Model.BatchSize;
        _binding = binding;
        _input = input;
        _active = active;
        _encoder = binding.Model.Encoder.CreateRowEncoder(input);
        _runner = binding.Model.CreateRunner(capacity);
        _keptByColumn = binding.Input.Where(column => active[column.Index])
            .ToDictionary(static column => column.Index, column => PassThrough.Create(input, column, capacity));
        _kept = [.. _keptByColumn.Values];
        _inputId = input.GetIdGetter();
        _ids = new DataViewRowId[capacity];
        _batches = new long[capacity];
        _limit = Math.Min(FirstBatch, capacity);
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _position;

    public override long Batch => _place.Value >= 0 ? _batches[_place.Value] : 0;

    ReadOnlySpan<float> IPredictionSource.Current => _runner.Row(_place.Current);

    public override bool MoveNext()
    {
        if (++_place.Value < _count || ReadAhead())
        {
            _position++;
            return true;
        }
        _position = -1;
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[_place.Current];

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index])
            throw new InvalidOperationException($"The column '{column.Name}' is not active; name it in the columns needed.");
        var getter = _binding.IsAdded(column) ? _binding.Getter(column, this) : _keptByColumn[column.Index].Getter(_place);
        return ScoreBinding.As<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _runner.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool ReadAhead()
    {
        _place.Value = -1;
        _count = 0;
        while (!_isDone && _count < _limit)
        {
            if (!_input.MoveNext())
            {
                _isDone = true;
                break;
            }
            _encoder.Encode(_runner.Features(_count));
            _inputId(ref _ids[_count]);
            _batches[_count] = _input.Batch;
            foreach (var kept in _kept) kept.Save(_count);
            _count++;
        }
        _limit = _binding.Model.BatchSize;
        if (_count == 0) return false;
        _runner.Run(_count);
        _place.Value = 0;
        return true;
    }
}
