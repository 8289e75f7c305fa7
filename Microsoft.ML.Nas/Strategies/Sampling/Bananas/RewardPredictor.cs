using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Bananas;

/// <summary>
/// An ensemble of networks that predict rewards. It learns on with every evaluation, a fixed number of examples each time, so that a
/// proposal's time does not grow with the search; its weights follow from the seed and the evaluations in their order.
/// </summary>
internal sealed class RewardPredictor
{
    private const int Batch = 16;
    private const int ExamplesPerTrial = 400;

    private readonly FeatureEncoding _encoding;
    private readonly RewardNetwork[] _networks;
    private readonly double _rate;
    private readonly List<int[]> _features = [];
    private readonly List<double> _rewards = [];
    private double _fidelity;
    private int _followed;

    public RewardPredictor(SearchSpace space, BananasOptions options, int seed)
    {
        _encoding = new(space);
        _networks = [.. Enumerable.Range(0, options.EnsembleSize).Select(index => new RewardNetwork(options.HiddenSize, Seeds.Derive(seed, "reward network", index)))];
        _rate = options.LearningRate;
    }

    /// <summary>Learns from the trials that ended since; what failed counts as the worst.</summary>
    public void Follow(SearchHistory history, int startup)
    {
        for (; _followed < history.Trials.Count; _followed++)
        {
            var trial = history.Trials[_followed];
            if (trial.State is not (TrialState.Complete or TrialState.Failed)) continue;
            // Rewards of different fidelities cannot be compared; a higher one begins anew.
            if (trial.State == TrialState.Complete && trial.Fidelity != _fidelity)
            {
                if (trial.Fidelity < _fidelity) continue;
                _fidelity = trial.Fidelity;
                _features.Clear();
                _rewards.Clear();
            }
            _features.Add(_encoding.Of(trial.Architecture.Genotype));
            _rewards.Add(trial.State == TrialState.Failed ? double.NegativeInfinity : history.Reward(trial));
            if (_features.Count < startup) continue;
            var values = Encodings.Normal(_rewards);
            foreach (var network in _networks)
                for (var seen = 0; seen < ExamplesPerTrial; seen += _features.Count) network.Learn(_features, values, Batch, _rate, ExamplesPerTrial - seen);
        }
    }

    /// <summary>The mean and the standard deviation of the networks' predictions.</summary>
    public (double Mean, double Deviation) Predict(Genotype genotype)
    {
        var features = _encoding.Of(genotype);
        var predictions = Array.ConvertAll(_networks, network => network.Predict(features));
        var mean = predictions.Average();
        return (mean, Math.Sqrt(predictions.Sum(prediction => (prediction - mean) * (prediction - mean)) / Math.Max(1, predictions.Length - 1)));
    }
}
