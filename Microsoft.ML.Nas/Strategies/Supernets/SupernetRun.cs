using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>
/// The training of one supernet: what all weight-sharing strategies have in common. After every epoch the whole state is saved, and a run that
/// finds one goes on from it to the same result, bit for bit.
/// </summary>
internal sealed class SupernetRun : IDisposable
{
    /// <summary>Schedules stand at their start for so many epochs, the last of which is timed to plan the others.</summary>
    private const int UnplannedEpochs = 2;

    private const string Checkpoint = "supernet";

    private readonly SearchContext _context;
    private readonly string _name;
    private readonly SupernetPlan _plan;
    private TimeSpan? _deadline;
    private int _epochs;
    private int _steps;
    private int _taken;
    private bool _goes = true;
    private int? _planned;
    private bool _isMeasured;
    private TimeSpan _lastEpoch;

    /// <summary>Creates the supernet with fresh weights.</summary>
    /// <param name="context">The search.</param>
    /// <param name="name">What the strategy calls its state; random numbers follow from it and the search's seed.</param>
    /// <param name="plan">How it is trained.</param>
    public SupernetRun(SearchContext context, string name, SupernetPlan plan)
    {
        (_context, _name, _plan) = (context, name, plan);
        var split = context.Split;
        manual_seed(Seeds.Derive(context.Seed, name));
        Supernet = ModuleOwnership.Create(() => new Supernet(context.Space, split.Input, split.Target.Outputs, plan.ChannelParts), context.Device);
        Weights = new FlatParameters(Supernet);
        Optimizer = new FlatAdamW(Weights, plan.WeightDecay);
        Halves = plan.HeldOutShare is { } share ? TrainingHalves.Of(split.Train, share) : null;
        State = new SupernetState($"{name} on {context.Space.Name} {context.Space.Hash}, seed {context.Seed}, {split.Train.Count} rows");
        State.Add("weights", Weights.Values);
        State.Add("optimizer", Optimizer);
        foreach (var (buffer, value) in Supernet.named_buffers()) State.Add(buffer, value);
        State.Add("course", Course, SetCourse);
        if (!LossScale.IsNeededFor(context.Precision)) return;
        LossScale = new LossScale();
        State.Add("loss scale", () => [LossScale.Value, LossScale.Steps], values => LossScale.Restore(values[0], (int)values[1]));
    }

    public Supernet Supernet { get; }

    public FlatParameters Weights { get; }

    public FlatAdamW Optimizer { get; }

    /// <summary>What losses are multiplied by before they are differentiated; null for nothing.</summary>
    public LossScale? LossScale { get; }

    /// <summary>The training rows in two parts; null where the plan does not divide them.</summary>
    public TrainingHalves? Halves { get; }

    /// <summary>The rows that the weights learn from.</summary>
    public LabeledRows TrainingRows => Halves?.Weights ?? _context.Split.Train;

    /// <summary>The rows that choose among options: those held out, or all training rows.</summary>
    public LabeledRows ChoosingRows => Halves?.Architecture ?? _context.Split.Train;

    /// <summary>Whether the search's time is up: whoever trains an epoch leaves off, and the epoch does not count.</summary>
    public bool IsTimeUp => _context.Budget.IsTimeUp;

    /// <summary>What is saved after every epoch; strategies add their own before <see cref="Train"/>.</summary>
    public SupernetState State { get; }

    /// <summary>Trains for as many epochs as the budget has, from where a saved run stopped.</summary>
    /// <param name="train">Trains one epoch; called in the search's precision.</param>
    /// <param name="ended">Called after each epoch with its number, counted from 1; false ends the training.</param>
    /// <exception cref="InvalidDataException">What was saved is damaged or of another search.</exception>
    public void Train(Action<SupernetEpoch> train, Func<int, bool> ended)
    {
        _deadline = _context.Budget.SupernetDeadline(_plan.TimeShare);
        _planned = _context.Budget.PlannedSupernetEpochs(_plan.Epochs);
        Load();
        while (_goes && Allows())
        {
            var seed = Seeds.Derive(Seeds.Derive(_context.Seed, _name), "epoch", _epochs);
            manual_seed(seed);
            var started = _context.Budget.Elapsed;
            Supernet.train();
            using (Autocast.Use(_context.Precision)) train(new(_epochs, Progress, new System.Random(seed)));
            // An epoch that was cut short is not one that can be repeated.
            if (IsTimeUp) break;
            _epochs++;
            ReportSkippedSteps();
            _context.Budget.CountSupernetEpoch();
            if (_planned is null && _epochs == UnplannedEpochs)
                (_planned, _isMeasured) = (_epochs + (int)Math.Max(0, (_deadline!.Value - _context.Budget.Elapsed) / (_context.Budget.Elapsed - started)), true);
            _goes = ended(_epochs);
            // What is looked at between epochs may have been cut short too; a search that goes on trains the epoch again.
            if (IsTimeUp) break;
            _context.Study.Checkpoints.Save(Checkpoint, State.Write);
            _lastEpoch = _context.Budget.Elapsed - started;
        }
        // Where the whole search's time was up, the schedule was broken off and nothing followed from the supernet.
        _context.Budget.SupernetPlan = IsTimeUp ? null : _planned;
    }

    /// <summary>Calls an action for every batch of one pass over the training rows, each in a dispose scope of its own.</summary>
    public void ForEachBatch(int batchSize, Action<int, (Tensor Features, Tensor Labels, Tensor? Weights)> action)
    {
        using var scope = NewDisposeScope();
        using var batches = new Batches(TrainingRows, batchSize);
        for (var batch = 0; batch < batches.Count; batch++)
        {
            _context.Budget.Cancellation.ThrowIfCancellationRequested();
            if (IsTimeUp) return;
            using var step = NewDisposeScope();
            action(batch, batches[batch]);
        }
    }

    /// <summary>Adds a loss's gradients, scaled, to the weights'.</summary>
    public void Backward(Tensor loss) => (LossScale?.Scaled(loss) ?? loss).backward();

    /// <summary>Takes a step of the weights along their gradient; none where it is not finite, since one option can spoil all others for good.</summary>
    public void StepWeights(double learningRate)
    {
        if (!Takes(Weights)) return;
        using (no_grad()) GradientClip.Apply(Weights.Gradients, 1.0);
        Optimizer.Step(learningRate);
    }

    /// <summary>Whether a step along gradients can be taken: they are finite.</summary>
    public bool Takes(FlatParameters parameters)
    {
        var areFinite = parameters.AreGradientsFinite;
        LossScale?.Update(areFinite);
        _steps++;
        if (areFinite) _taken++;
        return areFinite;
    }

    private void ReportSkippedSteps()
    {
        if (_steps > 0 && _taken == 0)
            _context.Report($"Supernet epoch {_epochs}: none of its {_steps} steps was taken, since no gradient was finite{(LossScale is null ? "" : " at any scale of the loss")}; the supernet has not learned anything in it");
        (_steps, _taken) = (0, 0);
    }

    public void Dispose()
    {
        Halves?.Dispose();
        Optimizer.Dispose();
        Weights.Dispose();
        Supernet.Dispose();
    }

    private double Progress => _planned > UnplannedEpochs ? Math.Max(0, (_epochs - UnplannedEpochs + 1.0) / (_planned.Value - UnplannedEpochs)) : 0;

    private bool Allows() => !IsTimeUp
        && (_planned is null ? FitsAnother : _epochs < _planned)
        && (_isMeasured || _deadline is null || _context.Budget.Elapsed < _deadline);

    /// <summary>An epoch that the search's time cuts short is lost, and trials can use what is left. A schedule that was laid out is not broken off for that.</summary>
    private bool FitsAnother => !(_context.Budget.Remaining < _lastEpoch);

    private void Load()
    {
        using var saved = _context.Study.Checkpoints.OpenRead(Checkpoint);
        if (saved is null) return;
        State.Read(saved);
        for (var epoch = 0; epoch < _epochs; epoch++) _context.Budget.CountSupernetEpoch();
    }

    private double[] Course() => [_epochs, _goes ? 1 : 0, _isMeasured ? _planned!.Value : 0];

    private void SetCourse(double[] course)
    {
        (_epochs, _goes) = ((int)course[0], course[1] != 0);
        if (course[2] > 0) (_planned, _isMeasured) = ((int)course[2], true);
    }
}
