using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Sampling.Reinforce;
using Microsoft.ML.Nas.Strategies.Supernets;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.OneShot.Enas;

/// <summary>
/// REINFORCE (Williams 1992) on a controller: architectures that were rewarded above the moving baseline become more likely.
/// Rewards are held against their own moving spread, so that their unit does not matter.
/// </summary>
internal sealed class ControllerTrainer : IDisposable
{
    private readonly Controller _controller;
    private readonly ReinforceOptions _options;
    private readonly FlatParameters _parameters;
    private readonly FlatAdamW _optimizer;
    private double _baseline;
    private double _spread;
    private bool _hasBaseline;

    public ControllerTrainer(Controller controller, ReinforceOptions options)
    {
        (_controller, _options) = (controller, options);
        _parameters = new FlatParameters(controller);
        _optimizer = new FlatAdamW(_parameters, weightDecay: 0);
    }

    /// <summary>Makes the controller and what it learned part of a state.</summary>
    public void AddTo(SupernetState state)
    {
        state.Add("controller", _parameters.Values);
        state.Add("controller's optimizer", _optimizer);
        state.Add("baseline", () => [_baseline, _spread, _hasBaseline ? 1 : 0], values => (_baseline, _spread, _hasBaseline) = (values[0], values[1], values[2] != 0));
    }

    /// <summary>Draws an architecture, has it rewarded, and learns from that.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="reward">Gives an architecture's reward, higher is better; NaN teaches nothing but that the architecture failed.</param>
    public void Step(System.Random random, Func<Genotype, double> reward)
    {
        using var scope = NewDisposeScope();
        var (genotype, logProbability, entropy) = _controller.Sample(random);
        var advantage = Advantage(reward(genotype));
        _parameters.Gradients.zero_();
        (logProbability * Scalars.Held(-advantage) - entropy * Scalars.Held(_options.EntropyWeight)).sum().backward();
        using (no_grad()) GradientClip.Apply(_parameters.Gradients, 1.0);
        _optimizer.Step(_options.ControllerLearningRate);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
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
        _baseline += (1 - _options.BaselineDecay) * difference;
        _spread = _options.BaselineDecay * (_spread + (1 - _options.BaselineDecay) * difference * difference);
        return Math.Clamp(difference / Math.Sqrt(_spread + 1e-12), -3, 3);
    }
}
