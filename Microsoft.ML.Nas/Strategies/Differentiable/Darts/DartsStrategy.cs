using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Darts;

/// <summary>
/// DARTS (Liu, Simonyan and Yang 2019). A supernet computes every option of every decision, mixed by the softmax of its alphas; weights
/// and alphas take turns in gradient steps on two halves of the training rows.
/// </summary>
/// <remarks>
/// What differs from the paper: AdamW for the weights; decisions about regularization are not mixed (see <see cref="DecisionKind"/>); and
/// the derived architecture (<see cref="SearchSpace.Derive"/>) is not taken on trust: the rest of the budget trains it, and
/// architectures drawn from the mixture around it, on their own, and the validation rows decide.
/// </remarks>
internal sealed class DartsStrategy : SearchStrategy
{
    private readonly DartsOptions _options;

    public DartsStrategy(DartsOptions options)
    {
        options.Validate();
        _options = options;
    }

    public override string Name => _options.SecondOrder ? "DARTS (second order)" : "DARTS";

    internal override void Search(SearchContext context)
    {
        var probabilities = TrainSupernet(context);
        var random = new System.Random(Seeds.Derive(context.Seed, "darts candidates"));
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
        var (space, split) = (context.Space, context.Split);
        manual_seed(Seeds.Derive(context.Seed, "darts"));
        var first = space.Normalize(new int[space.Decisions.Length]);
        using var supernet = ModuleOwnership.Create(() => new Supernet(space, split.Input, split.Target.Outputs), context.Device);
        using var alphas = ModuleOwnership.Create(() => new ArchitectureParameters(space, first), context.Device);
        using var weights = new FlatParameters(supernet);
        using var architecture = new FlatParameters(alphas, decaysAll: true);
        using var weightOptimizer = new FlatAdamW(weights, _options.WeightDecay);
        using var architectureOptimizer = new FlatAdamW(architecture, _options.ArchitectureWeightDecay, beta1: 0.5);
        using var halves = TrainingHalves.Of(split.Train, _options.ArchitectureShare);
        var step = new BilevelStep(supernet, alphas, weights, architecture, split.Target);
        supernet.train();
        var deadline = context.Budget.SupernetDeadline(_options.SupernetTimeShare);
        while (context.Budget.AllowsSupernetEpoch(deadline, _options.Epochs))
        {
            TrainEpoch(context, step, halves, weights, weightOptimizer, architectureOptimizer);
            context.Budget.CountSupernetEpoch();
            context.Trace.Add(context.Budget.SupernetEpochs, alphas.Probabilities());
            context.Report($"Supernet epoch {context.Budget.SupernetEpochs}: strongest {space.Resolve(space.Derive(alphas.Probabilities()))}");
        }
        return alphas.Probabilities();
    }

    private void TrainEpoch(SearchContext context, BilevelStep step, TrainingHalves halves, FlatParameters weights, FlatAdamW weightOptimizer, FlatAdamW architectureOptimizer)
    {
        var warmup = context.Budget.SupernetEpochs < _options.WarmupEpochs;
        using var epochScope = NewDisposeScope();
        using var training = new Batches(halves.Weights, _options.BatchSize);
        using var heldOut = new Batches(halves.Architecture, _options.BatchSize);
        for (var batch = 0; batch < training.Count; batch++)
        {
            context.Budget.Cancellation.ThrowIfCancellationRequested();
            if (context.Budget.IsTimeUp) return;
            using var scope = NewDisposeScope();
            if (!warmup)
            {
                if (_options.SecondOrder) step.SecondOrderArchitectureGradient(training[batch], heldOut[batch % heldOut.Count], _options.LearningRate);
                else step.ArchitectureGradient(heldOut[batch % heldOut.Count]);
                architectureOptimizer.Step(_options.ArchitectureLearningRate);
            }
            step.Gradients(training[batch]);
            using (no_grad()) GradientClip.Apply(weights.Gradients, 1.0);
            weightOptimizer.Step(_options.LearningRate);
        }
    }
}
