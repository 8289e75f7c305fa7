using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Sampling.Reinforce;

/// <summary>
/// Neural architecture search with reinforcement learning and shared weights (Pham 2018, ENAS).
/// </summary>
/// <remarks>
/// What differs from the paper: rewards are standardised by their moving spread; the reward is the negative loss
/// on held-out rows, decisions about regularization are left to trials (see <see cref="DecisionKind"/>), and the rest of the budget trains
/// the architectures that the supernet ranks best on their own.
/// </remarks>
internal sealed class ReinforceStrategy : SearchStrategy
{
    private readonly ReinforceOptions _options;

    public ReinforceStrategy(ReinforceOptions options)
    {
        options.Validate();
        _options = options;
    }

    public override string Name => "Reinforce (shared weights)";

    internal override void Search(SearchContext context)
    {
        manual_seed(Seeds.Derive(context.Seed, "controller"));
        var random = new System.Random(Seeds.Derive(context.Seed, "controller"));
        using var controller = ModuleOwnership.Create(
            () => new Controller(context.Space, _options.HiddenSize, decision => decision.Kind != DecisionKind.Regularization), CPU);
        using var trainer = new ControllerTrainer(controller, _options, random);
        SearchWithSharedWeights(context, trainer, random);
    }

    private void SearchWithSharedWeights(SearchContext context, ControllerTrainer trainer, System.Random random)
    {
        var (space, split) = (context.Space, context.Split);
        using var supernet = ModuleOwnership.Create(() => new Supernet(space, split.Input, split.Target.Outputs), context.Device);
        using var weights = new FlatParameters(supernet);
        using var optimizer = new FlatAdamW(weights, _options.WeightDecay);
        using var halves = TrainingHalves.Of(split.Train, _options.RewardShare);
        var deadline = context.Budget.SupernetDeadline(_options.SupernetTimeShare);
        while (context.Budget.AllowsSupernetEpoch(deadline, _options.Epochs))
        {
            TrainEpoch(context, supernet, weights, optimizer, halves.Weights, trainer);
            TrainController(context, supernet, halves.Architecture, trainer);
            context.Budget.CountSupernetEpoch();
            context.Trace.Add(context.Budget.SupernetEpochs, trainer.Probabilities());
            context.Report($"Supernet epoch {context.Budget.SupernetEpochs}: the controller proposes {space.Resolve(trainer.Sample())}");
        }
        supernet.eval();
        context.SharedLoss = genotype => SharedLoss(context, supernet, WithoutRegularization(space, genotype), (split.Validation.Features, split.Validation.Labels, split.Validation.Weights));
        CandidateTrials.Run(context, Favoured(context, supernet, split.Validation, trainer), random);
    }

    private void TrainEpoch(SearchContext context, Supernet supernet, FlatParameters weights, FlatAdamW optimizer, LabeledRows rows, ControllerTrainer trainer)
    {
        supernet.train();
        using var epochScope = NewDisposeScope();
        using var batches = new Batches(rows, _options.BatchSize);
        for (var batch = 0; batch < batches.Count; batch++)
        {
            context.Budget.Cancellation.ThrowIfCancellationRequested();
            if (context.Budget.IsTimeUp) return;
            using var scope = NewDisposeScope();
            var (features, labels, exampleWeights) = batches[batch];
            weights.Gradients.zero_();
            Loss.Of(context.Split.Target, supernet.call(features, Mixture.Path(trainer.Sample())), labels, exampleWeights).backward();
            using (no_grad()) GradientClip.Apply(weights.Gradients, 1.0);
            optimizer.Step(_options.LearningRate);
        }
    }

    private void TrainController(SearchContext context, Supernet supernet, LabeledRows rows, ControllerTrainer trainer)
    {
        supernet.eval();
        using var batches = new Batches(rows, _options.BatchSize * 4);
        for (var step = 0; step < _options.ControllerSteps; step++)
        {
            context.Budget.Cancellation.ThrowIfCancellationRequested();
            if (context.Budget.IsTimeUp) return;
            using var scope = NewDisposeScope();
            var batch = batches[step % batches.Count];
            trainer.Step(genotype => -SharedLoss(context, supernet, genotype, batch));
        }
    }

    /// <summary>The architectures that the controller proposes, in the order in which the supernet ranks them on all validation rows; then proposals without end.</summary>
    private IEnumerable<Genotype> Favoured(SearchContext context, Supernet supernet, LabeledRows validation, ControllerTrainer trainer)
    {
        var proposals = Enumerable.Range(0, _options.RankedSamples).Select(_ => trainer.Sample()).Distinct().ToArray();
        var ranked = proposals
            .TakeWhile(_ => !context.Budget.IsTimeUp)
            .Select(genotype => (Genotype: genotype, Loss: SharedLoss(context, supernet, genotype, (validation.Features, validation.Labels, validation.Weights))))
            .OrderBy(static pair => pair.Loss).ToArray();
        foreach (var (genotype, _) in ranked) yield return genotype;
        while (true) yield return trainer.Sample();
    }

    /// <summary>The architecture as the supernet was trained on it.</summary>
    private static Genotype WithoutRegularization(SearchSpace space, Genotype genotype) =>
        space.Normalize([.. space.Decisions.Select((decision, index) => decision.Kind == DecisionKind.Structure ? genotype[index] : 0)]);

    private static double SharedLoss(SearchContext context, Supernet supernet, Genotype genotype, (Tensor Features, Tensor Labels, Tensor? Weights) rows)
    {
        context.Budget.Cancellation.ThrowIfCancellationRequested();
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return Loss.Of(context.Split.Target, supernet.call(rows.Features, Mixture.Path(genotype)), rows.Labels, rows.Weights).item<float>();
    }
}
