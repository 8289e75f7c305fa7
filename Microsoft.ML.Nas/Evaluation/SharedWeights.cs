using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.OneShot;
using Microsoft.ML.Nas.Strategies.Supernets;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>
/// Ranks architectures by a supernet, all of them in one network, which is trained once before: one-shot search. With evolution as the sampler it
/// is single-path one-shot (Guo 2020), with strict fairness FairNAS (Chu 2021), with progressive shrinking once-for-all (Cai 2020).
/// </summary>
/// <remarks>
/// What differs from the papers: AdamW; decisions about regularization are left to trials (see <see cref="DecisionKind"/>); what the supernet ranks best is not
/// taken on trust but trained on its own, and the validation rows decide. Once-for-all's kernels shrink by cutting, without transformation matrices.
/// </remarks>
public sealed class SharedWeights : Evaluator
{
    private readonly SharedWeightsOptions _options;

    /// <summary>Creates the evaluator.</summary>
    /// <param name="options">Default null: see <see cref="SharedWeightsOptions"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SharedWeights(SharedWeightsOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public override string Name => _options.Sampling switch
    {
        PathSampling.StrictFair => "shared weights (fair)",
        PathSampling.ProgressiveShrinking => "shared weights (shrinking)",
        _ => "shared weights",
    };

    /// <inheritdoc/>
    public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(context);
        var supernet = context.Memo<SharedSupernet>(this, static () => throw new InvalidOperationException("The supernet has not been trained; use shared weights as a strategy's evaluator."));
        var (metric, loss) = supernet.Evaluate(architecture.Genotype, context.Metric, context.Cancellation);
        return new(metric, Network.CostOf(architecture.Tree, context.Splits[0].Input, context.Splits[0].Target.Outputs)) { Loss = loss };
    }

    internal override void Begin(SearchContext context)
    {
        var (space, split) = (context.Space, context.Split);
        var run = new SupernetRun(context, Name, new(_options.Epochs, _options.SupernetTimeShare, _options.WeightDecay, HeldOutShare: null));
        var supernet = context.History.Memo(this, () => new SharedSupernet(run, space, split, _options.CalibrationRows));
        var paths = PathSampler.Create(space, _options.Sampling, genotype => TrialPlan.MacsOf(space.Resolve(genotype), context.Problem!));
        run.Train(epoch => TrainEpoch(run, epoch, paths, split.Target), epoch =>
        {
            context.Report($"Supernet epoch {epoch}");
            return true;
        });
        context.SharedLoss = (genotype, cancellation) => supernet.Evaluate(genotype, context.Metric, cancellation).Loss;
        var random = new Random(Seeds.Derive(context.Seed, "rank correlation"));
        for (var drawn = 0; drawn < _options.RankCorrelationSample; drawn++)
            if (DrawNew(context, random) is not { } genotype || context.Evaluate(genotype, "rank sample") is null) return;
    }

    private static Genotype? DrawNew(SearchContext context, Random random)
    {
        for (var draw = 0; draw < 1000; draw++)
            if (context.Space.Sample(random) is var genotype && context.IsNew(genotype)) return genotype;
        return null;
    }

    private void TrainEpoch(SupernetRun run, SupernetEpoch epoch, PathSampler paths, Target target) => run.ForEachBatch(_options.BatchSize, (_, batch) =>
    {
        run.Weights.Gradients.zero_();
        var step = paths.Next(epoch.Progress, epoch.Random);
        var parts = BatchPart.Of(run.Supernet.Input, batch);
        foreach (var path in step)
        {
            foreach (var part in parts)
            {
                if (run.IsTimeUp) return;
                using var scope = NewDisposeScope();
                var outputs = run.Supernet.call(part.Features, Mixture.Path(path));
                var loss = TaskOutputs.Of(target).Loss(outputs, part.Labels, part.Weights);
                if (_options.DistillationWeight > 0 && paths.Largest is { } largest && largest != path)
                    loss = Scalars.Sum(loss, TaskOutputs.Of(target).Distance(outputs, Answers(run.Supernet, part.Features, largest)) * Scalars.Held(_options.DistillationWeight));
                run.Backward(part.Weigh(loss / Scalars.Held(step.Count)));
            }
        }
        run.LossScale?.Unscale(run.Weights);
        run.StepWeights(_options.LearningRate);
    });

    private static Tensor Answers(Supernet supernet, Tensor features, Genotype teacher)
    {
        using var none = no_grad();
        return supernet.call(features, Mixture.Path(teacher));
    }
}
