using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable.Collapse;
using Microsoft.ML.Nas.Strategies.Supernets;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable;

/// <summary>
/// What differentiable strategies share: a supernet computes a mixture of all options; its weights and the alphas that mix them take turns in
/// gradient steps on two parts of the training rows. Members say how alphas become a mixture, and how a step on the alphas is taken.
/// </summary>
/// <remarks>
/// What differs from all the papers: AdamW for the weights; decisions about regularization are not mixed (see <see cref="DecisionKind"/>); and
/// the derived architecture (<see cref="SearchSpace.Derive"/>) is not taken on trust: the rest of the budget trains it, and architectures drawn from the mixture around it, on
/// their own, and the validation rows decide.
/// </remarks>
internal abstract class DifferentiableStrategy : SearchStrategy
{
    private readonly DifferentiableOptions _options;

    protected DifferentiableStrategy(DifferentiableOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>The decay of the mean in the alphas' optimiser.</summary>
    protected virtual double ArchitectureBeta1 => 0.5;

    /// <summary>The number of parts of its channels that a choice works on one of. Default 1: on all.</summary>
    protected virtual int ChannelParts => 1;

    /// <summary>Creates the alphas.</summary>
    protected abstract ArchitectureParameters Relax(SearchSpace space, Genotype others);

    /// <summary>Fills the alphas' gradient, before their step. Default: that of the loss on held-out rows.</summary>
    protected virtual void FillArchitectureGradient(BilevelStep step, (Tensor, Tensor, Tensor?) training, (Tensor, Tensor, Tensor?) heldOut) =>
        step.ArchitectureGradient(heldOut);

    internal override void Search(SearchContext context)
    {
        var probabilities = TrainSupernet(context);
        var random = new System.Random(Seeds.Derive(context.Seed, $"{Name} candidates"));
        CandidateTrials.Run(context, Favoured(context.Space, probabilities, random), random);
    }

    /// <summary>The derived architecture, then draws from the mixture without end.</summary>
    private static IEnumerable<Genotype> Favoured(SearchSpace space, float[]?[] probabilities, System.Random random)
    {
        yield return space.Derive(probabilities);
        while (true) yield return space.Draw(probabilities, random);
    }

    private float[]?[] TrainSupernet(SearchContext context)
    {
        var space = context.Space;
        using var run = new SupernetRun(context, Name, new(_options.Epochs, _options.SupernetTimeShare, _options.WeightDecay, (_options as BilevelOptions)?.ArchitectureShare, ChannelParts));
        using var alphas = ModuleOwnership.Create(() => Relax(space, space.Normalize(new int[space.Decisions.Length])), context.Device);
        using var architecture = new FlatParameters(alphas, decaysAll: true);
        using var optimizer = new FlatAdamW(architecture, _options.ArchitectureWeightDecay, ArchitectureBeta1);
        using var eigenvalue = new HessianEigenvalue(architecture, new System.Random(Seeds.Derive(context.Seed, "eigenvalue")));
        var step = new BilevelStep(run.Supernet, alphas, run.Weights, architecture, context.Split.Target) { LeavesOff = () => run.IsTimeUp, LossScale = run.LossScale };
        var parameterFree = new ParameterFreeOptions(space, genotype => Network.CostOf(space.Resolve(genotype).Tree, context.Split.Input, context.Split.Target.Outputs).Parameters);
        var monitor = new CollapseMonitor(_options.Collapse);
        run.State.Add("alphas", architecture.Values);
        run.State.Add("alphas' optimizer", optimizer);
        run.State.Add("eigenvector", eigenvalue.Direction);
        run.State.Add("course of the alphas", () => MonitorState.Write(monitor), values => MonitorState.Read(monitor, values, [.. alphas.Probabilities().Select(static options => options?.Length)]));

        run.Train(epoch => TrainEpoch(run, epoch, step, alphas, architecture, optimizer), epoch =>
        {
            var probabilities = alphas.Probabilities();
            context.Trace.Add(epoch, probabilities);
            var derived = space.Derive(probabilities);
            context.Report($"Supernet epoch {epoch}: strongest {space.Resolve(derived)}");
            if (epoch <= _options.WarmupEpochs) return true;
            var largest = _options.Collapse.EigenvalueIterations == 0 ? double.NaN : Largest(run, step, eigenvalue);
            monitor.Add(new(epoch, parameterFree.Share(derived), largest), probabilities);
            return monitor.StoppedBy == CollapseStops.None;
        });
        context.Collapse = monitor.Report();
        return monitor.Derived < 0 ? alphas.Probabilities() : monitor.History[monitor.Derived];
    }

    private void TrainEpoch(SupernetRun run, SupernetEpoch epoch, BilevelStep step, ArchitectureParameters alphas, FlatParameters architecture, FlatAdamW optimizer)
    {
        alphas.BeginEpoch(epoch.Progress, epoch.Random);
        using var scope = NewDisposeScope();
        using var heldOut = new Batches(run.ChoosingRows, _options.BatchSizeFor(run.ChoosingRows));
        run.ForEachBatch(_options.BatchSizeFor(run.TrainingRows), (index, batch) =>
        {
            if (epoch.Index >= _options.WarmupEpochs)
            {
                FillArchitectureGradient(step, batch, heldOut[index % heldOut.Count]);
                if (run.IsTimeUp) return;
                if (run.Takes(architecture)) optimizer.Step(_options.ArchitectureLearningRate);
                alphas.ArchitectureStepTaken();
            }
            step.WeightGradient(batch);
            if (run.IsTimeUp) return;
            run.StepWeights(_options.LearningRate);
        });
    }

    /// <summary>The largest eigenvalue on the same held-out rows in every epoch; NaN where time runs out.</summary>
    private double Largest(SupernetRun run, BilevelStep step, HessianEigenvalue eigenvalue)
    {
        using var scope = NewDisposeScope();
        run.Supernet.eval();
        var rows = run.ChoosingRows;
        var count = Math.Min(rows.Count, _options.BatchSizeFor(rows));
        var batch = (rows.Features.narrow(0, 0, count), rows.Labels.narrow(0, 0, count), rows.Weights?.narrow(0, 0, count));
        var largest = eigenvalue.Estimate(() => step.ExpectedGradient(batch), _options.Collapse.EigenvalueIterations);
        return run.IsTimeUp ? double.NaN : largest;
    }
}
