using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Sampling.Reinforce;

/// <summary>
/// REINFORCE (Williams 1992) on a controller: architectures that were rewarded above the moving baseline become more likely.
/// Rewards are held against their own moving spread, so that their unit does not matter.
/// </summary>
internal sealed class ControllerTrainer(Controller controller, ReinforceOptions options, System.Random random) : IDisposable
{
    private const int TraceSeed = 1;
    private const int TraceDraws = 8;

    private readonly FlatParameters _parameters = new(controller);
    private FlatAdamW? _optimizer;
    private double _baseline;
    private double _spread;
    private bool _hasBaseline;

    /// <summary>Draws an architecture, has it rewarded, and learns from that.</summary>
    /// <param name="reward">Gives an architecture's reward, higher is better; NaN teaches nothing but that the architecture failed; null ends without learning.</param>
    /// <returns>Whether there was a reward.</returns>
    public bool Step(Func<Genotype, double?> reward)
    {
        using var scope = NewDisposeScope();
        var (genotype, logProbability, entropy) = controller.Sample(random);
        if (reward(genotype) is not { } value) return false;
        var advantage = Advantage(value);
        _parameters.Gradients.zero_();
        (-(logProbability * advantage) - entropy * options.EntropyWeight).sum().backward();
        using (no_grad()) GradientClip.Apply(_parameters.Gradients, 1.0);
        _optimizer ??= new FlatAdamW(_parameters, weightDecay: 0);
        _optimizer.Step(options.ControllerLearningRate);
        return true;
    }

    public Genotype Sample()
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return controller.Sample(random).Genotype;
    }

    /// <summary>How probable the controller finds every option, over the same few draws every time; takes nothing from the search's own source of chance.</summary>
    public float[]?[] Probabilities() => controller.Probabilities(new System.Random(TraceSeed), TraceDraws);

    public void Dispose()
    {
        _optimizer?.Dispose();
        _parameters.Dispose();
    }

    private double Advantage(double reward)
    {
        // A failed architecture counts as clearly worse than the mean.
        if (!double.IsFinite(reward)) return -2;
        if (!_hasBaseline)
        {
            (_baseline, _spread, _hasBaseline) = (reward, 0, true);
            return 0;
        }
        var difference = reward - _baseline;
        _baseline += (1 - options.BaselineDecay) * difference;
        _spread = options.BaselineDecay * (_spread + (1 - options.BaselineDecay) * difference * difference);
        return Math.Clamp(difference / Math.Sqrt(_spread + 1e-12), -3, 3);
    }
}
