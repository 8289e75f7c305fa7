using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Pointwise convolutions: small matrices times many pixels.</summary>
internal static unsafe class PointwiseKernels
{
    /// <summary>output[row] = Σ matrix[row, column] · input[column].</summary>
    /// <param name="matrix">The weights.</param>
    /// <param name="rowStep">The distance between the matrix's rows.</param>
    /// <param name="columnStep">The distance between its columns.</param>
    /// <param name="rows">The number of output channels.</param>
    /// <param name="columns">The number of input channels.</param>
    /// <param name="input">A plane for each column.</param>
    /// <param name="output">A plane for each row.</param>
    /// <param name="plane">The size of a plane, whole vectors.</param>
    public static void Multiply(float* matrix, int rowStep, int columnStep, int rows, int columns, float* input, float* output, int plane)
    {
        var size = Vector<float>.Count;
        for (var pixel = 0; pixel < plane; pixel += 2 * size)
        {
            // A single vector left over is computed twice.
            var second = pixel + size < plane ? size : 0;
            for (var row = 0; row < rows; row += 4)
            {
                int row1 = Math.Min(row + 1, rows - 1), row2 = Math.Min(row + 2, rows - 1), row3 = Math.Min(row + 3, rows - 1);
                float* weights0 = matrix + row * rowStep, weights1 = matrix + row1 * rowStep, weights2 = matrix + row2 * rowStep, weights3 = matrix + row3 * rowStep;
                Vector<float> left0 = Vector<float>.Zero, left1 = left0, left2 = left0, left3 = left0;
                Vector<float> right0 = left0, right1 = left0, right2 = left0, right3 = left0;
                var from = input + pixel;
                for (int column = 0, at = 0; column < columns; column++, at += columnStep, from += plane)
                {
                    Vector<float> left = Vector.Load(from), right = Vector.Load(from + second);
                    var weight = new Vector<float>(weights0[at]);
                    left0 = Vector.FusedMultiplyAdd(weight, left, left0);
                    right0 = Vector.FusedMultiplyAdd(weight, right, right0);
                    weight = new Vector<float>(weights1[at]);
                    left1 = Vector.FusedMultiplyAdd(weight, left, left1);
                    right1 = Vector.FusedMultiplyAdd(weight, right, right1);
                    weight = new Vector<float>(weights2[at]);
                    left2 = Vector.FusedMultiplyAdd(weight, left, left2);
                    right2 = Vector.FusedMultiplyAdd(weight, right, right2);
                    weight = new Vector<float>(weights3[at]);
                    left3 = Vector.FusedMultiplyAdd(weight, left, left3);
                    right3 = Vector.FusedMultiplyAdd(weight, right, right3);
                }
                Store(left0, right0, output + row * plane + pixel, second);
                Store(left1, right1, output + row1 * plane + pixel, second);
                Store(left2, right2, output + row2 * plane + pixel, second);
                Store(left3, right3, output + row3 * plane + pixel, second);
            }
        }
    }

    /// <summary>Adds the gradient of each weight, a vector whose elements' sum it is: Σ gradient[row] · input[column].</summary>
    /// <param name="rows">The number of output channels.</param>
    /// <param name="columns">The number of input channels.</param>
    /// <param name="gradient">A plane for each row.</param>
    /// <param name="input">A plane for each column.</param>
    /// <param name="plane">The size of a plane, whole vectors.</param>
    /// <param name="sums"><c>[rows, columns, vector]</c>.</param>
    public static void AddWeightGradient(int rows, int columns, float* gradient, float* input, int plane, float* sums)
    {
        var size = Vector<float>.Count;
        for (var row = 0; row < rows; row += 4)
        {
            // Where fewer rows or columns are left, the last one is computed again and written once more.
            int row1 = Math.Min(row + 1, rows - 1), row2 = Math.Min(row + 2, rows - 1), row3 = Math.Min(row + 3, rows - 1);
            float* gradient0 = gradient + row * plane, gradient1 = gradient + row1 * plane, gradient2 = gradient + row2 * plane, gradient3 = gradient + row3 * plane;
            for (var column = 0; column < columns; column += 2)
            {
                var other = Math.Min(column + 1, columns - 1);
                float* left = input + column * plane, right = input + other * plane;
                float* to0 = At(row, column), to1 = At(row1, column), to2 = At(row2, column), to3 = At(row3, column);
                var step = (other - column) * size;
                Vector<float> left0 = Vector.Load(to0), left1 = Vector.Load(to1), left2 = Vector.Load(to2), left3 = Vector.Load(to3);
                Vector<float> right0 = Vector.Load(to0 + step), right1 = Vector.Load(to1 + step), right2 = Vector.Load(to2 + step), right3 = Vector.Load(to3 + step);
                for (var pixel = 0; pixel < plane; pixel += size)
                {
                    Vector<float> leftValue = Vector.Load(left + pixel), rightValue = Vector.Load(right + pixel);
                    var value = Vector.Load(gradient0 + pixel);
                    left0 = Vector.FusedMultiplyAdd(value, leftValue, left0);
                    right0 = Vector.FusedMultiplyAdd(value, rightValue, right0);
                    value = Vector.Load(gradient1 + pixel);
                    left1 = Vector.FusedMultiplyAdd(value, leftValue, left1);
                    right1 = Vector.FusedMultiplyAdd(value, rightValue, right1);
                    value = Vector.Load(gradient2 + pixel);
                    left2 = Vector.FusedMultiplyAdd(value, leftValue, left2);
                    right2 = Vector.FusedMultiplyAdd(value, rightValue, right2);
                    value = Vector.Load(gradient3 + pixel);
                    left3 = Vector.FusedMultiplyAdd(value, leftValue, left3);
                    right3 = Vector.FusedMultiplyAdd(value, rightValue, right3);
                }
                Store(left0, right0, to0, step);
                Store(left1, right1, to1, step);
                Store(left2, right2, to2, step);
                Store(left3, right3, to3, step);
            }
        }

        float* At(int row, int column) => sums + (row * columns + column) * size;
    }

    private static void Store(Vector<float> left, Vector<float> right, float* to, int second)
    {
        right.Store(to + second);
        left.Store(to);
    }
}
