using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Evaluation.ZeroCost;

/// <summary>
/// Every proxy against a computation by hand, in double precision and without torch's gradients: two inputs, a linear layer, ReLU and a head with one output,
/// squared error.
/// </summary>
[TestClass]
public sealed class ProxyTests
{
    private const int Hidden = 5;
    private const int Rows = 8;

    [TestMethod]
    public void Synflow_is_the_flow_through_absolute_weights()
    {
        using var problem = new Problem();
        // R = Σh |v_h| max(Σi |w_hi| + |b_h|, 0) + |c|: each path's product counts once a weight on it, and the bias has no path of its own.
        double sum = 0;
        for (var h = 0; h < Hidden; h++)
        {
            var inputs = problem.W[h].Sum(Math.Abs);
            sum += Math.Abs(problem.V[h]) * inputs + Math.Abs(problem.V[h]) * (inputs + Math.Abs(problem.B[h]));
        }
        Assert.AreEqual(Math.Log(1 + sum), new SynFlow().Score(problem.Context), 1e-6);
    }

    [TestMethod]
    public void Synflow_looks_past_normalisations()
    {
        var plain = new SearchSpace("plain", new Chain(new Linear(4), new Relu()), new Shape(3));
        var normed = new SearchSpace("normed", new Chain(new Linear(4), new BatchNorm(), new LayerNorm(), new Relu()), new Shape(3));
        Assert.AreEqual(Score(plain), Score(normed), 1e-9);

        static double Score(SearchSpace space) => new SynFlow().Score(new(space.Resolve(space.Default), new Shape(3), 2, seed: 1));
    }

    [TestMethod]
    public void Snip_and_grad_norm_are_made_of_the_gradients()
    {
        using var problem = new Problem();
        var gradient = problem.Gradient();
        Assert.AreEqual(problem.Weights.Zip(gradient, static (weight, slope) => Math.Abs(weight * slope)).Sum(), new Snip().Score(problem.Context), 1e-5);
        var (first, second) = (gradient.Take(2 * Hidden), gradient.Skip(2 * Hidden));
        Assert.AreEqual(Norm(first) + Norm(second), new GradNorm().Score(problem.Context), 1e-5);

        static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(static value => value * value));
    }

    [TestMethod]
    public void Grasp_is_the_weights_times_the_hessian_times_the_gradient()
    {
        using var problem = new Problem();
        // H g is the change of the gradient along the gradient.
        const double step = 1e-5;
        var gradient = problem.Gradient();
        var ahead = problem.Gradient(gradient, step);
        var behind = problem.Gradient(gradient, -step);
        var expected = -Enumerable.Range(0, gradient.Length).Sum(i => problem.Weights[i] * (ahead[i] - behind[i]) / (2 * step));
        Assert.AreEqual(expected, new Grasp().Score(problem.Context), 1e-4 * Math.Max(1, Math.Abs(expected)));
    }

    [TestMethod]
    public void Fisher_is_half_the_mean_square_of_activation_times_gradient()
    {
        using var problem = new Problem();
        double expected = 0;
        for (var row = 0; row < Rows; row++)
        {
            var (hidden, output, error) = problem.Forward(row);
            // The loss is a mean: its gradient by an activation carries 1 / rows.
            expected += Math.Pow(output * 2 * error / Rows, 2) / Rows / 2;
            for (var h = 0; h < Hidden; h++)
                expected += Math.Pow(hidden[h] > 0 ? hidden[h] * problem.V[h] * 2 * error / Rows : 0, 2) / Rows / 2;
        }
        Assert.AreEqual(expected, new Fisher().Score(problem.Context), 1e-6);
    }

    [TestMethod]
    public void Naswot_is_the_log_determinant_of_shared_signs()
    {
        using var problem = new Problem(hidden: 12, rows: 4);
        var kernel = new double[4, 4];
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 4; j++)
            {
                var (left, right) = (problem.Forward(i).Hidden, problem.Forward(j).Hidden);
                kernel[i, j] = left.Zip(right).Count(static pair => pair.First > 0 == pair.Second > 0);
            }
        Assert.AreEqual(Math.Log(Math.Abs(Determinant(kernel))), new Naswot().Score(problem.Context), 1e-6);
    }

    [TestMethod]
    public void Networks_without_rectifiers_have_no_naswot_score()
    {
        using var split = TestData.Regression();
        var space = new SearchSpace("smooth", new Chain(new Linear(4), new Silu()), new Shape(2));
        Assert.AreEqual(double.NaN, new Naswot().Score(new(space.Resolve(space.Default), split, 8, seed: 1)));
    }

    [TestMethod]
    public void Jacobian_covariance_is_made_of_the_eigenvalues_of_correlations()
    {
        using var problem = new Problem(inputs: 3, rows: 2);
        var jacobian = Enumerable.Range(0, 2).Select(row => Enumerable.Range(0, 3)
            .Select(input => Enumerable.Range(0, Hidden).Sum(h => problem.Forward(row).Hidden[h] > 0 ? problem.V[h] * problem.W[h][input] : 0)).ToArray()).ToArray();
        // Of two rows with correlation r the eigenvalues are 1 + r and 1 − r.
        var correlation = Correlation(jacobian[0], jacobian[1]);
        var expected = -new[] { 1 + correlation, 1 - correlation }.Sum(static value => Math.Log(value + 1e-5) + 1 / (value + 1e-5));
        Assert.AreEqual(expected, new JacobianCovariance().Score(problem.Context), 1e-3 * Math.Abs(expected));
    }

    [TestMethod]
    public void Zico_is_made_of_mean_and_spread_of_gradients_over_batches()
    {
        using var problem = new Problem();
        var batches = Enumerable.Range(0, 4).Select(batch => problem.Gradient(rows: Enumerable.Range(batch * 2, 2))).ToArray();
        var expected = Layer(0, 2 * Hidden) + Layer(2 * Hidden, Hidden);
        Assert.AreEqual(expected, new ZiCo().Score(problem.Context), 1e-3 * Math.Max(1, Math.Abs(expected)));

        double Layer(int start, int count) => Math.Log(Enumerable.Range(start, count).Sum(weight =>
        {
            var sizes = batches.Select(gradient => Math.Abs(gradient[weight])).ToArray();
            var deviation = Math.Sqrt(sizes.Average(size => Math.Pow(size - sizes.Average(), 2)));
            return deviation > 0 ? sizes.Average() / deviation : 0;
        }));
    }

    [TestMethod]
    public void Zen_of_a_linear_map_is_its_expected_stretch()
    {
        // Features W x with Gaussian weights change by α W ε: each has standard deviation α √inputs, so the sum of sizes is outputs · α √inputs √(2/π).
        var space = new SearchSpace("map", new Linear(400), new Shape(100));
        var zen = new Zen { Repeats = 4, BatchSize = 32 };
        Assert.AreEqual(Math.Log(400 * 0.01 * 10 * Math.Sqrt(2 / Math.PI)), zen.Score(new(space.Resolve(space.Default), new Shape(100), 1, seed: 1)), 0.05);
    }

    [TestMethod]
    public void Zen_counts_what_normalisations_divide_by()
    {
        // The normalisation divides by √(inputs), and the score adds its logarithm back.
        var plain = new SearchSpace("map", new Linear(400), new Shape(100));
        var normed = new SearchSpace("map", new Chain(new Linear(400), new BatchNorm()), new Shape(100));
        var zen = new Zen { Repeats = 4, BatchSize = 64 };
        Assert.AreEqual(Score(plain), Score(normed), 0.08);

        double Score(SearchSpace space) => zen.Score(new(space.Resolve(space.Default), new Shape(100), 1, seed: 1));
    }

    [TestMethod]
    public void Counts_are_those_of_the_cost()
    {
        using var problem = new Problem();
        Assert.AreEqual(2 * Hidden + Hidden + Hidden + 1, new ParameterCount().Score(problem.Context));
        Assert.AreEqual(2 * Hidden + Hidden, new MacCount().Score(problem.Context));
    }

    [TestMethod]
    public void Proxies_that_need_data_say_so()
    {
        var space = TestData.SmallSpace();
        var error = Assert.ThrowsExactly<NotSupportedException>(() => new Snip().Score(new(space.Resolve(space.Default), new Shape(2), 1, seed: 1)));
        Assert.Contains("SynFlow", error.Message);
    }

    [TestMethod]
    public void Scores_depend_on_the_seed_alone()
    {
        using var split = TestData.Regression();
        var space = TestData.SmallSpace();
        foreach (var proxy in new Proxy[] { new SynFlow(), new Snip(), new Grasp(), new Fisher(), new GradNorm(), new JacobianCovariance(), new Naswot(), new Zen(), new ZiCo() })
        {
            double Score() => proxy.Score(new(space.Resolve(space.Default), split, 16, seed: 3));
            var score = Score();
            rand(10).Dispose();
            Assert.AreEqual(score, Score(), proxy.Name);
        }
    }

    private static double Determinant(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        if (size == 1) return matrix[0, 0];
        return Enumerable.Range(0, size).Sum(column =>
        {
            var minor = new double[size - 1, size - 1];
            for (var i = 1; i < size; i++)
                for (var j = 0; j < size; j++)
                    if (j != column) minor[i - 1, j < column ? j : j - 1] = matrix[i, j];
            return (column % 2 == 0 ? 1 : -1) * matrix[0, column] * Determinant(minor);
        });
    }

    private static double Correlation(double[] left, double[] right)
    {
        var (a, b) = (left.Average(), right.Average());
        var covariance = left.Zip(right, (x, y) => (x - a) * (y - b)).Sum();
        return covariance / Math.Sqrt(left.Sum(x => (x - a) * (x - a)) * right.Sum(y => (y - b) * (y - b)));
    }

    /// <summary>y = v · max(W x + b, 0) + c, with the weights that a proxy's network has.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly DataSplit _split;
        private readonly double[][] _x;
        private readonly double[] _y;
        private readonly double _c;

        public Problem(int inputs = 2, int hidden = Hidden, int rows = Rows)
        {
            manual_seed(5);
            LabeledRows Draw(int count) => new(randn(count, inputs), randn(count));
            _split = new(new Shape(inputs), new Target(LearningTask.Regression, 1), Draw(rows), Draw(2));
            var space = new SearchSpace("by hand", new Chain(new Linear(hidden), new Relu()), new Shape(inputs));
            Context = new ProxyContext(space.Resolve(space.Default), _split, rows, seed: 2);
            using var network = Context.CreateNetwork();
            var values = network.named_parameters().ToDictionary(static pair => pair.name, static pair => Doubles(pair.parameter));
            W = [.. Single("body", "weight").Chunk(inputs)];
            (B, V, _c) = (Single("body", "bias"), Single("head", "weight"), Single("head", "bias")[0]);
            _x = [.. Doubles(_split.Train.Features).Chunk(inputs)];
            _y = Doubles(_split.Train.Labels);

            double[] Single(string part, string kind) => values.Single(pair => pair.Key.StartsWith(part, StringComparison.Ordinal) && pair.Key.EndsWith(kind, StringComparison.Ordinal)).Value;
        }

        public ProxyContext Context { get; }

        public double[][] W { get; private set; }

        public double[] B { get; }

        public double[] V { get; private set; }

        /// <summary>All weights, those of the linear layer first.</summary>
        public double[] Weights => [.. W.SelectMany(static row => row), .. V];

        public (double[] Hidden, double Output, double Error) Forward(int row)
        {
            var hidden = W.Select((weights, h) => weights.Zip(_x[row], static (weight, x) => weight * x).Sum() + B[h]).ToArray();
            var output = hidden.Zip(V, static (value, weight) => Math.Max(value, 0) * weight).Sum() + _c;
            return (hidden, output, output - _y[row]);
        }

        /// <summary>The gradient of the mean squared error by all weights, at the weights or a step along a direction away from them.</summary>
        public double[] Gradient(double[]? direction = null, double step = 0, IEnumerable<int>? rows = null)
        {
            var (w, v) = (W, V);
            if (direction is not null)
            {
                var moved = Weights.Zip(direction, (weight, by) => weight + step * by).ToArray();
                (W, V) = ([.. moved.Take(w.Length * w[0].Length).Chunk(w[0].Length)], [.. moved.Skip(w.Length * w[0].Length)]);
            }
            var used = (rows ?? Enumerable.Range(0, _x.Length)).ToArray();
            var gradient = new double[Weights.Length];
            foreach (var row in used)
            {
                var (hidden, _, error) = Forward(row);
                for (var h = 0; h < W.Length; h++)
                {
                    if (hidden[h] <= 0) continue;
                    for (var i = 0; i < _x[row].Length; i++) gradient[h * _x[row].Length + i] += 2 * error * V[h] * _x[row][i] / used.Length;
                    gradient[W.Length * _x[row].Length + h] += 2 * error * hidden[h] / used.Length;
                }
            }
            (W, V) = (w, v);
            return gradient;
        }

        public void Dispose() => _split.Dispose();

        private static double[] Doubles(Tensor tensor)
        {
            using var flat = tensor.detach().flatten();
            return [.. flat.data<float>().ToArray().Select(static value => (double)value)];
        }
    }
}
