using System.Numerics;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Bananas;

/// <summary>
/// A network of two hidden layers from an architecture's features to its reward, trained with Adam. Features are few and sparse, so that
/// plain loops beat tensors.
/// </summary>
internal sealed class RewardNetwork
{
    private readonly int _hidden;
    private readonly int _seed;
    private readonly Random _random;
    private readonly Dictionary<int, Weights> _inputs = [];
    private readonly Weights _firstBias;
    private readonly Weights[] _second;
    private readonly Weights _secondBias;
    private readonly Weights _output;
    private readonly Weights _outputBias;
    private int _step;

    public RewardNetwork(int hidden, int seed)
    {
        _hidden = hidden;
        _seed = seed;
        _random = new Random(seed);
        _firstBias = new(hidden);
        _second = [.. Enumerable.Range(0, hidden).Select(_ => Fresh(Math.Sqrt(2.0 / hidden), _random))];
        _secondBias = new(hidden);
        _output = Fresh(Math.Sqrt(1.0 / hidden), _random);
        _outputBias = new(1);
    }

    public double Predict(int[] features) => Forward(features, new float[_hidden], new float[_hidden]);

    /// <summary>Passes over the examples once in random order, in steps of a few.</summary>
    public void Learn(IReadOnlyList<int[]> features, double[] values, int batch, double rate, int examples)
    {
        var order = Enumerable.Range(0, features.Count).ToArray();
        _random.Shuffle(order);
        for (var start = 0; start < Math.Min(examples, order.Length); start += batch)
            Step([.. order.Skip(start).Take(Math.Min(batch, examples - start))], features, values, rate);
    }

    private void Step(int[] examples, IReadOnlyList<int[]> features, double[] values, double rate)
    {
        var touched = new HashSet<int>();
        var (first, second) = (new float[_hidden], new float[_hidden]);
        var (firstGradient, secondGradient) = (new float[_hidden], new float[_hidden]);
        foreach (var example in examples)
        {
            var error = (float)(2 * (Forward(features[example], first, second) - values[example]) / examples.Length);
            _outputBias.Gradient[0] += error;
            Array.Clear(firstGradient);
            for (var unit = 0; unit < _hidden; unit++)
            {
                _output.Gradient[unit] += error * second[unit];
                secondGradient[unit] = second[unit] > 0 ? error * _output.Values[unit] : 0;
            }
            AddScaled(_secondBias.Gradient, secondGradient, 1);
            for (var unit = 0; unit < _hidden; unit++)
            {
                if (secondGradient[unit] == 0) continue;
                AddScaled(_second[unit].Gradient, first, secondGradient[unit]);
                AddScaled(firstGradient, _second[unit].Values, secondGradient[unit]);
            }
            for (var unit = 0; unit < _hidden; unit++)
                if (first[unit] <= 0) firstGradient[unit] = 0;
            AddScaled(_firstBias.Gradient, firstGradient, 1);
            foreach (var feature in features[example])
            {
                touched.Add(feature);
                AddScaled(Input(feature).Gradient, firstGradient, 1);
            }
        }
        _step++;
        foreach (var feature in touched) _inputs[feature].Step(rate, _step);
        _firstBias.Step(rate, _step);
        foreach (var row in _second) row.Step(rate, _step);
        _secondBias.Step(rate, _step);
        _output.Step(rate, _step);
        _outputBias.Step(rate, _step);
    }

    private double Forward(int[] features, float[] first, float[] second)
    {
        _firstBias.Values.CopyTo(first, 0);
        foreach (var feature in features) AddScaled(first, Input(feature).Values, 1);
        for (var unit = 0; unit < _hidden; unit++) first[unit] = Math.Max(0, first[unit]);
        for (var unit = 0; unit < _hidden; unit++) second[unit] = Math.Max(0, Dot(_second[unit].Values, first) + _secondBias.Values[unit]);
        return Dot(_output.Values, second) + _outputBias.Values[0];
    }

    /// <summary>The weights of a feature that was not met before are drawn now, by its own seed: when it is met does not matter.</summary>
    private Weights Input(int feature)
    {
        if (!_inputs.TryGetValue(feature, out var weights)) _inputs[feature] = weights = Fresh(0.3, new Random(Seeds.Derive(_seed, "feature", feature)));
        return weights;
    }

    private Weights Fresh(double deviation, Random random)
    {
        var weights = new Weights(_hidden);
        for (var i = 0; i < _hidden; i++) weights.Values[i] = (float)(NormalDistribution.Draw(random) * deviation);
        return weights;
    }

    private static void AddScaled(float[] target, float[] source, float scale)
    {
        var position = 0;
        for (; position <= target.Length - Vector<float>.Count; position += Vector<float>.Count)
            (new Vector<float>(target, position) + new Vector<float>(source, position) * scale).CopyTo(target, position);
        for (; position < target.Length; position++) target[position] += source[position] * scale;
    }

    private static float Dot(float[] left, float[] right)
    {
        var (sum, position) = (Vector<float>.Zero, 0);
        for (; position <= left.Length - Vector<float>.Count; position += Vector<float>.Count)
            sum += new Vector<float>(left, position) * new Vector<float>(right, position);
        var total = Vector.Sum(sum);
        for (; position < left.Length; position++) total += left[position] * right[position];
        return total;
    }

    /// <summary>Weights with their gradient and Adam's moments.</summary>
    private sealed class Weights(int count)
    {
        private readonly float[] _first = new float[count];
        private readonly float[] _second = new float[count];

        public float[] Values { get; } = new float[count];

        public float[] Gradient { get; } = new float[count];

        public void Step(double rate, int step)
        {
            var (scale, root) = ((float)(rate / (1 - Math.Pow(0.9, step))), (float)(1 / (1 - Math.Pow(0.999, step))));
            for (var i = 0; i < Values.Length; i++)
            {
                _first[i] = 0.9f * _first[i] + 0.1f * Gradient[i];
                _second[i] = 0.999f * _second[i] + 0.001f * Gradient[i] * Gradient[i];
                Values[i] -= scale * _first[i] / (MathF.Sqrt(_second[i] * root) + 1e-8f);
            }
            Array.Clear(Gradient);
        }
    }
}
