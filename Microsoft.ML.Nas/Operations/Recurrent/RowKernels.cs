using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>Four rows times a matrix that is used again and again. The matrix is packed in panels of so many columns as fit in registers.</summary>
internal static unsafe class RowKernels
{
    /// <summary>The number of rows that are multiplied together.</summary>
    public const int Rows = 4;

    private static int Size => Vector<float>.Count;

    /// <summary>Packs a matrix for <see cref="MultiplyAdd"/>.</summary>
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
            if (width == 3 * Size) Three(left, inner, packed, sums + column, columns);
            else if (width == 2 * Size) Two(left, inner, packed, sums + column, columns);
            else One(left, inner, packed, sums + column, columns);
            packed += inner * width;
        }
    }

    // Three vectors of four rows fill the registers best. Four vectors are cut in half rather than in three and one.
    private static int PanelWidth(int columns) => columns == 4 * Size ? 2 * Size : Math.Min(columns, 3 * Size);

    private static void Three(float* left, int inner, float* packed, float* sums, int step)
    {
        float* row1 = left + inner, row2 = row1 + inner, row3 = row2 + inner;
        float* to1 = sums + step, to2 = to1 + step, to3 = to2 + step;
        Vector<float> a0 = Vector.Load(sums), a1 = Vector.Load(to1), a2 = Vector.Load(to2), a3 = Vector.Load(to3);
        Vector<float> b0 = Vector.Load(sums + Size), b1 = Vector.Load(to1 + Size), b2 = Vector.Load(to2 + Size), b3 = Vector.Load(to3 + Size);
        Vector<float> c0 = Vector.Load(sums + 2 * Size), c1 = Vector.Load(to1 + 2 * Size), c2 = Vector.Load(to2 + 2 * Size), c3 = Vector.Load(to3 + 2 * Size);
        for (var i = 0; i < inner; i++, packed += 3 * Size)
        {
            Vector<float> a = Vector.Load(packed), b = Vector.Load(packed + Size), c = Vector.Load(packed + 2 * Size);
            var value = new Vector<float>(left[i]);
            a0 = Vector.FusedMultiplyAdd(value, a, a0);
            b0 = Vector.FusedMultiplyAdd(value, b, b0);
            c0 = Vector.FusedMultiplyAdd(value, c, c0);
            value = new Vector<float>(row1[i]);
            a1 = Vector.FusedMultiplyAdd(value, a, a1);
            b1 = Vector.FusedMultiplyAdd(value, b, b1);
            c1 = Vector.FusedMultiplyAdd(value, c, c1);
            value = new Vector<float>(row2[i]);
            a2 = Vector.FusedMultiplyAdd(value, a, a2);
            b2 = Vector.FusedMultiplyAdd(value, b, b2);
            c2 = Vector.FusedMultiplyAdd(value, c, c2);
            value = new Vector<float>(row3[i]);
            a3 = Vector.FusedMultiplyAdd(value, a, a3);
            b3 = Vector.FusedMultiplyAdd(value, b, b3);
            c3 = Vector.FusedMultiplyAdd(value, c, c3);
        }
        Store(a0, a1, a2, a3, sums, step);
        Store(b0, b1, b2, b3, sums + Size, step);
        Store(c0, c1, c2, c3, sums + 2 * Size, step);
    }

    private static void Two(float* left, int inner, float* packed, float* sums, int step)
    {
        float* row1 = left + inner, row2 = row1 + inner, row3 = row2 + inner;
        float* to1 = sums + step, to2 = to1 + step, to3 = to2 + step;
        Vector<float> a0 = Vector.Load(sums), a1 = Vector.Load(to1), a2 = Vector.Load(to2), a3 = Vector.Load(to3);
        Vector<float> b0 = Vector.Load(sums + Size), b1 = Vector.Load(to1 + Size), b2 = Vector.Load(to2 + Size), b3 = Vector.Load(to3 + Size);
        for (var i = 0; i < inner; i++, packed += 2 * Size)
        {
            Vector<float> a = Vector.Load(packed), b = Vector.Load(packed + Size);
            var value = new Vector<float>(left[i]);
            a0 = Vector.FusedMultiplyAdd(value, a, a0);
            b0 = Vector.FusedMultiplyAdd(value, b, b0);
            value = new Vector<float>(row1[i]);
            a1 = Vector.FusedMultiplyAdd(value, a, a1);
            b1 = Vector.FusedMultiplyAdd(value, b, b1);
            value = new Vector<float>(row2[i]);
            a2 = Vector.FusedMultiplyAdd(value, a, a2);
            b2 = Vector.FusedMultiplyAdd(value, b, b2);
            value = new Vector<float>(row3[i]);
            a3 = Vector.FusedMultiplyAdd(value, a, a3);
            b3 = Vector.FusedMultiplyAdd(value, b, b3);
        }
        Store(a0, a1, a2, a3, sums, step);
        Store(b0, b1, b2, b3, sums + Size, step);
    }

    private static void One(float* left, int inner, float* packed, float* sums, int step)
    {
        float* row1 = left + inner, row2 = row1 + inner, row3 = row2 + inner;
        Vector<float> a0 = Vector.Load(sums), a1 = Vector.Load(sums + step), a2 = Vector.Load(sums + 2 * step), a3 = Vector.Load(sums + 3 * step);
        for (var i = 0; i < inner; i++, packed += Size)
        {
            var a = Vector.Load(packed);
            a0 = Vector.FusedMultiplyAdd(new Vector<float>(left[i]), a, a0);
            a1 = Vector.FusedMultiplyAdd(new Vector<float>(row1[i]), a, a1);
            a2 = Vector.FusedMultiplyAdd(new Vector<float>(row2[i]), a, a2);
            a3 = Vector.FusedMultiplyAdd(new Vector<float>(row3[i]), a, a3);
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
