using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>Products of small matrices, four rows of sums at a time, in panels of so many columns as fit in registers.</summary>
internal static unsafe class RowKernels
{
    /// <summary>The number of rows that are multiplied together.</summary>
    public const int Rows = 4;

    private static int Size => Vector<float>.Count;

    /// <summary>Packs a matrix that is used again and again, for <see cref="MultiplyAdd"/>: panel after panel.</summary>
    /// <param name="matrix">The element at a row and column.</param>
    /// <param name="inner">The number of rows.</param>
    /// <param name="columns">The number of columns, whole vectors.</param>
    /// <param name="packed">As large as the matrix.</param>
    public static void Pack(Func<int, int, float> matrix, int inner, int columns, float* packed)
    {
        for (int column = 0, width; column < columns; column += width)
        {
            width = PanelWidth(columns - column);
            for (var row = 0; row < inner; row++)
                for (var i = 0; i < width; i++) *packed++ = matrix(row, column + i);
        }
    }

    /// <summary>sums[row] += left[row] · matrix, for four rows.</summary>
    /// <param name="left">The rows, one after the other.</param>
    /// <param name="inner">Their length.</param>
    /// <param name="packed">The matrix, as <see cref="Pack"/> left it.</param>
    /// <param name="sums">The sums of each row, one row after the other.</param>
    /// <param name="columns">The number of sums of a row.</param>
    public static void MultiplyAdd(float* left, int inner, float* packed, float* sums, int columns)
    {
        for (int column = 0, width; column < columns; column += width)
        {
            width = PanelWidth(columns - column);
            Panel(width, left, inner, 1, inner, packed, width, sums + column, columns);
            packed += inner * width;
        }
    }

    /// <summary>sums[i, j] += Σ left[row, i] · right[row, j].</summary>
    /// <param name="left">Rows of <paramref name="leftColumns"/> values, one after the other.</param>
    /// <param name="leftColumns">A multiple of four.</param>
    /// <param name="rows">The number of rows of both.</param>
    /// <param name="right">The first row of the other factor.</param>
    /// <param name="rightStep">The distance between its rows.</param>
    /// <param name="rightColumns">The number of its columns, whole vectors.</param>
    /// <param name="sums">The sums, <c>[leftColumns, rightColumns]</c>.</param>
    public static void MultiplyTransposedAdd(float* left, int leftColumns, int rows, float* right, int rightStep, int rightColumns, float* sums)
    {
        for (int column = 0, width; column < rightColumns; column += width)
        {
            width = PanelWidth(rightColumns - column);
            for (var first = 0; first < leftColumns; first += Rows)
                Panel(width, left + first, 1, leftColumns, rows, right + column, rightStep, sums + first * rightColumns + column, rightColumns);
        }
    }

    // Three vectors of four rows fill the registers best. Four vectors are cut in half rather than in three and one.
    private static int PanelWidth(int columns) => columns == 4 * Size ? 2 * Size : Math.Min(columns, 3 * Size);

    private static void Panel(int width, float* left, int rowStep, int innerStep, int inner, float* right, int rightStep, float* sums, int step)
    {
        if (width == 3 * Size) Three(left, rowStep, innerStep, inner, right, rightStep, sums, step);
        else if (width == 2 * Size) Two(left, rowStep, innerStep, inner, right, rightStep, sums, step);
        else One(left, rowStep, innerStep, inner, right, rightStep, sums, step);
    }

    private static void Three(float* left, int rowStep, int innerStep, int inner, float* right, int rightStep, float* sums, int step)
    {
        float* left1 = left + rowStep, left2 = left1 + rowStep, left3 = left2 + rowStep;
        float* to1 = sums + step, to2 = to1 + step, to3 = to2 + step;
        Vector<float> a0 = Vector.Load(sums), a1 = Vector.Load(to1), a2 = Vector.Load(to2), a3 = Vector.Load(to3);
        Vector<float> b0 = Vector.Load(sums + Size), b1 = Vector.Load(to1 + Size), b2 = Vector.Load(to2 + Size), b3 = Vector.Load(to3 + Size);
        Vector<float> c0 = Vector.Load(sums + 2 * Size), c1 = Vector.Load(to1 + 2 * Size), c2 = Vector.Load(to2 + 2 * Size), c3 = Vector.Load(to3 + 2 * Size);
        for (int i = 0, at = 0; i < inner; i++, at += innerStep, right += rightStep)
        {
            Vector<float> a = Vector.Load(right), b = Vector.Load(right + Size), c = Vector.Load(right + 2 * Size);
            var value = new Vector<float>(left[at]);
            a0 = Vector.FusedMultiplyAdd(value, a, a0);
            b0 = Vector.FusedMultiplyAdd(value, b, b0);
            c0 = Vector.FusedMultiplyAdd(value, c, c0);
            value = new Vector<float>(left1[at]);
            a1 = Vector.FusedMultiplyAdd(value, a, a1);
            b1 = Vector.FusedMultiplyAdd(value, b, b1);
            c1 = Vector.FusedMultiplyAdd(value, c, c1);
            value = new Vector<float>(left2[at]);
            a2 = Vector.FusedMultiplyAdd(value, a, a2);
            b2 = Vector.FusedMultiplyAdd(value, b, b2);
            c2 = Vector.FusedMultiplyAdd(value, c, c2);
            value = new Vector<float>(left3[at]);
            a3 = Vector.FusedMultiplyAdd(value, a, a3);
            b3 = Vector.FusedMultiplyAdd(value, b, b3);
            c3 = Vector.FusedMultiplyAdd(value, c, c3);
        }
        Store(a0, a1, a2, a3, sums, step);
        Store(b0, b1, b2, b3, sums + Size, step);
        Store(c0, c1, c2, c3, sums + 2 * Size, step);
    }

    private static void Two(float* left, int rowStep, int innerStep, int inner, float* right, int rightStep, float* sums, int step)
    {
        float* left1 = left + rowStep, left2 = left1 + rowStep, left3 = left2 + rowStep;
        float* to1 = sums + step, to2 = to1 + step, to3 = to2 + step;
        Vector<float> a0 = Vector.Load(sums), a1 = Vector.Load(to1), a2 = Vector.Load(to2), a3 = Vector.Load(to3);
        Vector<float> b0 = Vector.Load(sums + Size), b1 = Vector.Load(to1 + Size), b2 = Vector.Load(to2 + Size), b3 = Vector.Load(to3 + Size);
        for (int i = 0, at = 0; i < inner; i++, at += innerStep, right += rightStep)
        {
            Vector<float> a = Vector.Load(right), b = Vector.Load(right + Size);
            var value = new Vector<float>(left[at]);
            a0 = Vector.FusedMultiplyAdd(value, a, a0);
            b0 = Vector.FusedMultiplyAdd(value, b, b0);
            value = new Vector<float>(left1[at]);
            a1 = Vector.FusedMultiplyAdd(value, a, a1);
            b1 = Vector.FusedMultiplyAdd(value, b, b1);
            value = new Vector<float>(left2[at]);
            a2 = Vector.FusedMultiplyAdd(value, a, a2);
            b2 = Vector.FusedMultiplyAdd(value, b, b2);
            value = new Vector<float>(left3[at]);
            a3 = Vector.FusedMultiplyAdd(value, a, a3);
            b3 = Vector.FusedMultiplyAdd(value, b, b3);
        }
        Store(a0, a1, a2, a3, sums, step);
        Store(b0, b1, b2, b3, sums + Size, step);
    }

    private static void One(float* left, int rowStep, int innerStep, int inner, float* right, int rightStep, float* sums, int step)
    {
        float* left1 = left + rowStep, left2 = left1 + rowStep, left3 = left2 + rowStep;
        float* to1 = sums + step, to2 = to1 + step, to3 = to2 + step;
        Vector<float> a0 = Vector.Load(sums), a1 = Vector.Load(to1), a2 = Vector.Load(to2), a3 = Vector.Load(to3);
        for (int i = 0, at = 0; i < inner; i++, at += innerStep, right += rightStep)
        {
            var a = Vector.Load(right);
            var value = new Vector<float>(left[at]);
            a0 = Vector.FusedMultiplyAdd(value, a, a0);
            value = new Vector<float>(left1[at]);
            a1 = Vector.FusedMultiplyAdd(value, a, a1);
            value = new Vector<float>(left2[at]);
            a2 = Vector.FusedMultiplyAdd(value, a, a2);
            value = new Vector<float>(left3[at]);
            a3 = Vector.FusedMultiplyAdd(value, a, a3);
        }
        Store(a0, a1, a2, a3, sums, step);
    }

    private static void Store(Vector<float> row0, Vector<float> row1, Vector<float> row2, Vector<float> row3, float* to, int step)
    {
        row0.Store(to);
        row1.Store(to + step);
        row2.Store(to + 2 * step);
        row3.Store(to + 3 * step);
    }
}
