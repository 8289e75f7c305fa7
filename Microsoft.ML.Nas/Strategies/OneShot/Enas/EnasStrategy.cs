using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Sampling.Reinforce;
using Microsoft.ML.Nas.Strategies.Supernets;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.OneShot.Enas;

/// <summary>
/// ENAS (Pham 2018, "Efficient Neural Architecture Search via Parameter Sharing"): a controller and a supernet take turns, the supernet learning on what the
/// controller proposes, the controller from what the supernet answers.
/// </summary>
/// <remarks>
/// What differs from the paper: rewards are standardised by their moving spread; the reward is the negative loss
/// on held-out rows, decisions about regularization are left to trials (see <see cref="DecisionKind"/>), and the rest of the budget trains
/// the architectures that the supernet ranks best on their own.
/// </remarks>
internal sealed class EnasStrategy : SearchStrategy
{
    private readonly ReinforceOptions _options;

    public EnasStrategy(ReinforceOptions options) => _options = options.Validated();

    public override string Name => "Reinforce (shared weights)";

    internal override void Search(SearchContext context)
    {
        var (space, split) = (context.Space, context.Split);
        var run = new SupernetRun(context, Name, new(_options.Epochs, _options.SupernetTimeShare, _options.WeightDecay, _options.RewardShare));
        using var supernet = new SharedSupernet(run, space, split, Math.Min(split.Train.Count, 2048));
        manual_seed(Seeds.Derive(context.Seed, "controller"));
        using var controller = ModuleOwnership.Create(() => new Controller(space, _options.HiddenSize, static decision => decision.Kind != DecisionKind.Regularization), CPU);
        using var trainer = new ControllerTrainer(controller, _options);
        trainer.AddTo(run.State);
        run.Train(epoch => TrainEpoch(context, run, epoch, controller, trainer), epoch =>
        {
            context.Trace.Add(epoch, controller.Probabilities());
            context.Report($"Supernet epoch {epoch}");
            return true;
        });
        run.Supernet.eval();
        context.SharedLoss = (genotype, cancellation) => supernet.Evaluate(genotype, context.Metric, cancellation).Loss;
        var random = new System.Random(Seeds.Derive(context.Seed, "controller"));
        CandidateTrials.Run(context, Favoured(context, supernet, controller, random), random);
    }

    private void TrainEpoch(SearchContext context, SupernetRun run, SupernetEpoch epoch, Controller controller, ControllerTrainer trainer)
    {
        var target = context.Split.Target;
        run.ForEachBatch(_options.BatchSize, (_, batch) =>
        {
            run.Weights.Gradients.zero_();
            var path = Mixture.Path(controller.Draw(epoch.Random));
            foreach (var part in BatchPart.Of(run.Supernet.Input, batch))
            {
                if (run.IsTimeUp) return;
                using var scope = NewDisposeScope();
                run.Backward(part.Weigh(TaskOutputs.Of(target).Loss(run.Supernet.call(part.Features, path), part.Labels, part.Weights)));
            }
            run.LossScale?.Unscale(run.Weights);
            run.StepWeights(_options.LearningRate);
        });
        run.Supernet.eval();
        // What is compared is computed in full.
        using var full = Autocast.Use(TrainingPrecision.Float32);
        using var epochScope = NewDisposeScope();
        using var rewards = new Batches(run.ChoosingRows, _options.BatchSize * 4);
        for (var step = 0; step < _options.ControllerSteps; step++)
        {
            context.Budget.Cancellation.ThrowIfCancellationRequested();
            if (context.Budget.IsTimeUp) return;
            using var scope = NewDisposeScope();
            var parts = BatchPart.Of(run.Supernet.Input, rewards[step % rewards.Count]);
            trainer.Step(epoch.Random, genotype =>
            {
                using var none = no_grad();
                return -parts.Sum(part =>
                {
                    if (run.IsTimeUp) return double.NaN;
                    using var partScope = NewDisposeScope();
                    return part.Weigh(TaskOutputs.Of(target).Loss(run.Supernet.call(part.Features, Mixture.Path(genotype)), part.Labels, part.Weights)).item<float>();
                });
            });
        }
    }

    /// <summary>The architectures that the controller proposes, in the order in which the supernet ranks them on all validation rows; then proposals without end.</summary>
    private IEnumerable<Genotype> Favoured(SearchContext context, SharedSupernet supernet, Controller controller, System.Random random)
    {
        Genotype[] drawn = [.. Enumerable.Range(0, _options.RankedSamples).Select(_ => controller.Draw(random)).Distinct()];
        if (context.IsOver) yield break;
        foreach (var genotype in context.Ranking(() => Ranked(context, supernet, drawn))) yield return genotype;
        while (true) yield return controller.Draw(random);
    }

    /// <summary>Architectures in the order of their losses; where time runs out, those that were ranked until then.</summary>
    private static IEnumerable<Genotype> Ranked(SearchContext context, SharedSupernet supernet, Genotype[] genotypes)
    {
        using var deadline = context.Budget.StartDeadline();
        var ranked = new List<(Genotype Genotype, double Loss)>();
        try
        {
            foreach (var genotype in genotypes) ranked.Add((genotype, supernet.Evaluate(genotype, context.Metric, deadline.Token).Loss));
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
        }
        return ranked.Where(static pair => double.IsFinite(pair.Loss)).OrderBy(static pair => pair.Loss).Select(static pair => pair.Genotype);
    }
}
