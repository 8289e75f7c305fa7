using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies.Storage;

namespace Microsoft.ML.Nas.Studies;

/// <summary>A series of trials in a storage, seen by the search that makes them.</summary>
internal sealed class Study : IStudy
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    /// <summary>A trial that took so long is worth waiting for the disk; a quick one that a power cut costs is soon run again.</summary>
    private static readonly TimeSpan WorthTheWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan SpendEvery = TimeSpan.FromSeconds(0.5);

    private readonly IStudyStorage _storage;
    private readonly SearchSpace _space;
    private readonly string _series;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TrialRecord> _ended;
    private readonly ConcurrentDictionary<int, TimeSpan> _claimed = [];
    private TimeSpan _lastSpend = TimeSpan.MinValue;
    private TimeSpan _wait = ShortestWait;
    private bool _hasNews;

    /// <param name="storage">Where trials are kept; owned by the caller.</param>
    /// <param name="space">The space that they are of.</param>
    /// <param name="series">Which of the study's series of trials.</param>
    public Study(IStudyStorage storage, SearchSpace space, string series)
    {
        (_storage, _space, _series) = (storage, space, series);
        _ended = storage.Trials(series).Where(HasEnded).ToDictionary(static trial => trial.Number);
        SpentBefore = TimeSpan.FromSeconds(storage.Runs().Select(static run => run.Spent).DefaultIfEmpty().Max());
        // Checkpoints have no series: only the search itself has any.
        Checkpoints = series == StudyRecord.SearchSeries ? new SpendingCheckpoints(storage.Checkpoints, Spend) : new NoCheckpoints();
    }

    /// <summary>Begins or continues the search that a storage records.</summary>
    /// <param name="storage">Where trials are kept; owned by the caller.</param>
    /// <param name="space">The space that they are of.</param>
    /// <param name="description">What the search is about: <see cref="StudyDescription.Create"/>.</param>
    /// <param name="device">What trains; part of the run's description.</param>
    /// <param name="options">What was asked for; null where there are no options.</param>
    /// <exception cref="StudyException">The study is about another search, or cannot be written.</exception>
    public static Study Open(IStudyStorage storage, SearchSpace space, JsonObject description, string device, JsonNode? options = null)
    {
        StudyDescription.Check(storage.Describe(description.ToJsonString(StudyJson.Options)), description, storage.Location);
        var run = new JsonObject { ["machine"] = RunDescription.Machine(device), ["libraries"] = RunDescription.Versions() };
        if (options is not null) run["options"] = options;
        storage.BeginRun(run.ToJsonString(StudyJson.Options));
        return new(storage, space, StudyRecord.SearchSeries);
    }

    public TimeSpan SpentBefore { get; }

    public ICheckpoints Checkpoints { get; }

    public bool IsShared => _storage.IsShared;

    public Trial? Recorded(in TrialJob job)
    {
        lock (_gate)
        {
            if (!_ended.TryGetValue(job.Number, out var record)) return null;
            if (record.Genotype != job.Genotype.ToString() || record.Fidelity != job.Fidelity) throw Differs(record, job);
            return ToTrial(record, job.Genotype);
        }
    }

    public bool HasEnded(int number)
    {
        lock (_gate) return _ended.ContainsKey(number);
    }

    public bool Claim(in TrialJob job)
    {
        if (_storage.TryClaim(_series, job, out var existing))
        {
            _wait = ShortestWait;
            _claimed[job.Number] = _clock.Elapsed;
            return true;
        }
        if (existing is not null && HasEnded(existing)) Take(existing);
        return false;
    }

    public void Reported(int number, int epoch, double metric, double loss) => _storage.Report(_series, number, new(epoch, metric, loss));

    public Trial Ended(Trial trial)
    {
        var took = _claimed.TryRemove(trial.Number, out var began) ? _clock.Elapsed - began : TimeSpan.Zero;
        var counts = _storage.End(_series, ToRecord(trial), durably: took >= WorthTheWait);
        Spend();
        if (counts) return trial;
        var recorded = _storage.Trials(_series).Single(record => record.Number == trial.Number);
        Take(recorded);
        return ToTrial(recorded, trial.Architecture.Genotype);
    }

    public void Abandoned(int number) => _storage.Abandon(_series, number);

    public void WaitForOthers(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_hasNews)
            {
                _hasNews = false;
                return;
            }
        }
        if (!_storage.IsShared) return;
        cancellation.WaitHandle.WaitOne(_wait);
        _wait = _wait + _wait < LongestWait ? _wait + _wait : LongestWait;
    }

    public string Fact(string name, Func<string> measure) => _storage.Fact(_series == StudyRecord.SearchSeries ? name : $"{_series}: {name}", measure);

    /// <summary>Records how much time was spent.</summary>
    public void Dispose()
    {
        _lastSpend = TimeSpan.MinValue;
        Spend();
    }

    private void Spend()
    {
        var now = _clock.Elapsed;
        lock (_gate)
        {
            if (_lastSpend != TimeSpan.MinValue && now - _lastSpend < SpendEvery) return;
            _lastSpend = now;
        }
        _storage.Spend((SpentBefore + now).TotalSeconds);
    }

    private void Take(TrialRecord record)
    {
        lock (_gate)
        {
            _ended[record.Number] = record;
            (_hasNews, _wait) = (true, ShortestWait);
        }
    }

    private StudyException Differs(TrialRecord record, in TrialJob job) => new(
        string.Create(CultureInfo.InvariantCulture, $"Trial {job.Number} of the study at {_storage.Location} is the architecture {record.Genotype} at fidelity {record.Fidelity}, and the search now asks for {job.Genotype} at {job.Fidelity}. ")
        + "A study can only be continued by the version of the program that began it; name another study to search anew.", _storage.Location);

    private static bool HasEnded(TrialRecord record) => record.State is not TrialState.Running;

    private Trial ToTrial(TrialRecord record, Genotype genotype) => new(
        record.Number, _space.Resolve(genotype), record.State, record.Metric, record.Loss, new Cost(record.Parameters, record.Macs, record.ActivationBytes), record.Epochs, record.Seconds, record.Origin, record.FailureReason)
    {
        Fidelity = record.Fidelity,
        Continues = record.Continues,
        Curve = [.. record.Curve],
        SharedLoss = record.SharedLoss,
        Objectives = record.Objectives.ToImmutableSortedDictionary(),
    };

    private static TrialRecord ToRecord(Trial trial) => new(trial.Number, trial.Architecture.Genotype.ToString(), trial.Fidelity, trial.Continues, trial.Origin, trial.State)
    {
        Metric = trial.Metric,
        Loss = trial.Loss,
        Parameters = trial.Cost.Parameters,
        Macs = trial.Cost.Macs,
        ActivationBytes = trial.Cost.ActivationBytes,
        Epochs = trial.Epochs,
        Seconds = trial.Seconds,
        SharedLoss = trial.SharedLoss,
        Objectives = trial.Objectives,
        FailureReason = trial.FailureReason,
    };

    /// <summary>A checkpoint is also a moment up to which time was spent.</summary>
    private sealed class SpendingCheckpoints(ICheckpoints inner, Action spend) : ICheckpoints
    {
        public Stream? OpenRead(string name) => inner.OpenRead(name);

        public void Save(string name, Action<Stream> write)
        {
            inner.Save(name, write);
            spend();
        }

        public void Delete(string name) => inner.Delete(name);
    }
}
