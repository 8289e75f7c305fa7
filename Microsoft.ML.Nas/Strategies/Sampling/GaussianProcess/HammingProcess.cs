namespace Microsoft.ML.Nas.Strategies.Sampling.GaussianProcess;

/// <summary>
/// A Gaussian process over genotypes whose covariance falls exponentially with the number of decisions that differ, plus noise;
/// mean 0, variance 1.
/// </summary>
internal sealed class HammingProcess
{
    private readonly IReadOnlyList<int[]> _observed;
    private readonly double[] _decay;
    private readonly double _noise;
    private readonly double[][] _factor;
    private readonly double[] _weights;

    /// <param name="observed">The options of each observation.</param>
    /// <param name="values">What was observed.</param>
    /// <param name="rate">How fast the covariance falls, per decision that differs.</param>
    /// <param name="noise">The variance of the noise.</param>
    public HammingProcess(IReadOnlyList<int[]> observed, double[] values, double rate, double noise)
    {
        _observed = observed;
        _noise = noise;
        _decay = [.. Enumerable.Range(0, observed[0].Length + 1).Select(differing => Math.Exp(-rate * differing))];
        _factor = Factor();
        var halfway = Forward(values);
        LogLikelihood = -halfway.Sum(static value => value * value) / 2 - Enumerable.Range(0, values.Length).Sum(row => Math.Log(_factor[row][row])) - values.Length / 2.0 * Math.Log(2 * Math.PI);
        _weights = Backward(halfway);
    }

    /// <summary>The logarithm of the probability density of what was observed.</summary>
    public double LogLikelihood { get; }

    /// <summary>The mean and the standard deviation of what is expected of a genotype, without noise.</summary>
    public (double Mean, double Deviation) Predict(int[] options)
    {
        var covariances = new double[_observed.Count];
        var mean = 0.0;
        for (var row = 0; row < covariances.Length; row++)
        {
            covariances[row] = Covariance(_observed[row], options);
            mean += covariances[row] * _weights[row];
        }
        return (mean, Math.Sqrt(Math.Max(1e-12, 1 - Forward(covariances).Sum(static value => value * value))));
    }

    private double Covariance(int[] left, int[] right)
    {
        var differing = 0;
        for (var decision = 0; decision < left.Length; decision++)
            if (left[decision] != right[decision]) differing++;
        return _decay[differing];
    }

    /// <summary>The lower triangle whose product with its own transpose is the observations' covariance (Cholesky).</summary>
    private double[][] Factor()
    {
        var factor = new double[_observed.Count][];
        for (var row = 0; row < factor.Length; row++)
        {
            var current = factor[row] = new double[row + 1];
            for (var column = 0; column <= row; column++)
            {
                var rest = Covariance(_observed[row], _observed[column]) - Dot(current, factor[column], column);
                current[column] = column < row ? rest / factor[column][column] : Math.Sqrt(Math.Max(1e-10, rest + _noise));
            }
        }
        return factor;
    }

    private double[] Forward(double[] values)
    {
        var solved = new double[values.Length];
        for (var row = 0; row < solved.Length; row++) solved[row] = (values[row] - Dot(_factor[row], solved, row)) / _factor[row][row];
        return solved;
    }

    private double[] Backward(double[] values)
    {
        var solved = (double[])values.Clone();
        for (var row = solved.Length - 1; row >= 0; row--)
        {
            solved[row] /= _factor[row][row];
            for (var above = 0; above < row; above++) solved[above] -= _factor[row][above] * solved[row];
        }
        return solved;
    }

    private static double Dot(double[] left, double[] right, int count)
    {
        var (sum, position) = (System.Numerics.Vector<double>.Zero, 0);
        for (var width = System.Numerics.Vector<double>.Count; position <= count - width; position += width)
            sum += new System.Numerics.Vector<double>(left, position) * new System.Numerics.Vector<double>(right, position);
        var total = System.Numerics.Vector.Sum(sum);
        for (; position < count; position++) total += left[position] * right[position];
        return total;
    }
}
