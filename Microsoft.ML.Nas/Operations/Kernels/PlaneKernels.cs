using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>What is done to one channel's pixels between convolutions, wherever they lie in the image. A plane has <c>count</c> pixels; scratch planes end in zeros, in whole vectors.</summary>
internal static unsafe class PlaneKernels
{
    private static int Size => Vector<float>.Count;

    /// <summary>Sets what lies between an output's area and its plane to zero.</summary>
    public static void ClearRest(float* output, PlaneLayout layout) => Clear(output, layout.OutputArea, layout.OutputPlane);

    /// <summary>output = gradientFactor · gradient + valueFactor · value + shift: a gradient sent back through a batch normalisation.</summary>
    public static void Combine(float* gradient, float* value, float gradientFactor, float valueFactor, float shift, int count, int plane, float* output)
    {
        var (a, b, c) = (new Vector<float>(gradientFactor), new Vector<float>(valueFactor), new Vector<float>(shift));
        var i = 0;
        for (; i + Size <= count; i += Size)
            Vector.FusedMultiplyAdd(a, Vector.Load(gradient + i), Vector.FusedMultiplyAdd(b, Vector.Load(value + i), c)).Store(output + i);
        for (; i < count; i++) output[i] = MathF.FusedMultiplyAdd(gradientFactor, gradient[i], MathF.FusedMultiplyAdd(valueFactor, value[i], shift));
        Clear(output, count, plane);
    }

    /// <summary>
    /// Sets a gradient to zero where the value it belongs to is not above the mean, which is where a ReLU after normalisation gave zero.
    /// Returns the gradients' sum, and that of gradients times centred values.
    /// </summary>
    public static (float Sum, float Dot) Rectify(float* gradient, float* value, float mean, int plane)
    {
        var means = new Vector<float>(mean);
        var (sums, dots) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i < plane; i += Size)
        {
            var centred = Vector.Load(value + i) - means;
            var kept = Vector.ConditionalSelect(Vector.GreaterThan(centred, Vector<float>.Zero), Vector.Load(gradient + i), Vector<float>.Zero);
            kept.Store(gradient + i);
            sums += kept;
            dots = Vector.FusedMultiplyAdd(kept, centred, dots);
        }
        return (Vector.Sum(sums), Vector.Sum(dots));
    }

    /// <summary>sum += factor · values.</summary>
    public static void AddScaled(float* values, float factor, int count, float* sum)
    {
        var factors = new Vector<float>(factor);
        var i = 0;
        for (; i + Size <= count; i += Size) Vector.FusedMultiplyAdd(factors, Vector.Load(values + i), Vector.Load(sum + i)).Store(sum + i);
        for (; i < count; i++) sum[i] += factor * values[i];
    }

    /// <summary>sum = shift + Σ factor · plane. Planes are taken four at a time, so that the sum stays in a register meanwhile.</summary>
    public static void Sum(ReadOnlySpan<nint> planes, float[] factors, float shift, int count, float* sum)
    {
        new Span<float>(sum, count).Fill(shift);
        var term = 0;
        for (; term + 4 <= planes.Length; term += 4)
        {
            float* plane0 = (float*)planes[term], plane1 = (float*)planes[term + 1], plane2 = (float*)planes[term + 2], plane3 = (float*)planes[term + 3];
            float factor0 = factors[term], factor1 = factors[term + 1], factor2 = factors[term + 2], factor3 = factors[term + 3];
            Vector<float> vector0 = new(factor0), vector1 = new(factor1), vector2 = new(factor2), vector3 = new(factor3);
            var i = 0;
            for (; i + Size <= count; i += Size)
            {
                var value = Vector.FusedMultiplyAdd(vector0, Vector.Load(plane0 + i), Vector.Load(sum + i));
                value = Vector.FusedMultiplyAdd(vector1, Vector.Load(plane1 + i), value);
                value = Vector.FusedMultiplyAdd(vector2, Vector.Load(plane2 + i), value);
                Vector.FusedMultiplyAdd(vector3, Vector.Load(plane3 + i), value).Store(sum + i);
            }
            for (; i < count; i++) sum[i] += factor0 * plane0[i] + factor1 * plane1[i] + factor2 * plane2[i] + factor3 * plane3[i];
        }
        for (; term < planes.Length; term++) AddScaled((float*)planes[term], factors[term], count, sum);
    }

    /// <summary>values *= factors.</summary>
    public static void Multiply(float* values, float* factors, int plane)
    {
        for (var i = 0; i < plane; i += Size) (Vector.Load(values + i) * Vector.Load(factors + i)).Store(values + i);
    }

    public static float Sum(float* values, int count)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i + Size <= count; i += Size) sums += Vector.Load(values + i);
        var sum = Vector.Sum(sums);
        for (; i < count; i++) sum += values[i];
        return sum;
    }

    /// <summary>Σ gradient · (value − mean).</summary>
    public static float CentredDot(float* gradient, float* value, float mean, int count)
    {
        var (sums, means) = (Vector<float>.Zero, new Vector<float>(mean));
        var i = 0;
        for (; i + Size <= count; i += Size) sums = Vector.FusedMultiplyAdd(Vector.Load(gradient + i), Vector.Load(value + i) - means, sums);
        var sum = Vector.Sum(sums);
        for (; i < count; i++) sum += gradient[i] * (value[i] - mean);
        return sum;
    }

    /// <summary>Σ (value − mean)².</summary>
    public static float CentredSquares(float* values, float mean, int count)
    {
        var (sums, means) = (Vector<float>.Zero, new Vector<float>(mean));
        var i = 0;
        for (; i + Size <= count; i += Size)
        {
            var centred = Vector.Load(values + i) - means;
            sums = Vector.FusedMultiplyAdd(centred, centred, sums);
        }
        var sum = Vector.Sum(sums);
        for (; i < count; i++) sum += (values[i] - mean) * (values[i] - mean);
        return sum;
    }

    private static void Clear(float* values, int from, int to) => new Span<float>(values + from, to - from).Clear();
}
