using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>Small symmetric matrices, in double precision.</summary>
internal static class SymmetricMatrix
{
    private const int MaxSweeps = 60;

    public static double[,] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var size = (int)tensor.shape[0];
        var values = tensor.detach().to_type(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        var matrix = new double[size, size];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }

    /// <summary>ln |det|, by Cholesky's decomposition; −∞ where the matrix is not positive definite.</summary>
    public static double LogDeterminant(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var lower = new double[size, size];
        double sum = 0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var value = matrix[row, column];
                for (var k = 0; k < column; k++) value -= lower[row, k] * lower[column, k];
                if (row > column) lower[row, column] = value / lower[column, column];
                else if (value > 1e-12 * matrix[row, row]) (lower[row, row], sum) = (Math.Sqrt(value), sum + Math.Log(value));
                else return double.NegativeInfinity;
            }
        }
        return sum;
    }

    /// <summary>The eigenvalues in no order, by Jacobi's rotations; NaN where the matrix has one.</summary>
    public static double[] Eigenvalues(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        for (var sweep = 0; sweep < MaxSweeps && OffDiagonal(a) > 1e-22 * size * size; sweep++)
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++) Rotate(a, p, q);
        return [.. Enumerable.Range(0, size).Select(i => a[i, i])];
    }

    private static void Rotate(double[,] a, int p, int q)
    {
        if (a[p, q] == 0) return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;
        var size = a.GetLength(0);
        for (var k = 0; k < size; k++) (a[k, p], a[k, q]) = (cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]);
        for (var k = 0; k < size; k++) (a[p, k], a[q, k]) = (cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]);
    }

    private static double OffDiagonal(double[,] a)
    {
        double sum = 0;
        for (var row = 0; row < a.GetLength(0); row++)
            for (var column = 0; column < row; column++) sum += a[row, column] * a[row, column];
        return sum;
    }
}
