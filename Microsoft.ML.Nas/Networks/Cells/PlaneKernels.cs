using System.Numerics;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>What is done to one channel's pixels between convolutions. A plane has <c>count</c> pixels; scratch planes end in zeros, in whole vectors.</summary>
internal static unsafe class PlaneKernels
{
    private static int Size => Vector<float>.Count;

    /// <summary>Sets what lies between an output's area and its plane to zero.</summary>
    public static void ClearRest(float* output, PlaneLayout layout) => Clear(output, layout.OutputArea, layout.OutputPlane);

    /// <summary>Writes max(floor, (source − mean) · scale) into the inner part of a padded input.</summary>
    public static void Pad(PlaneLayout layout, float* source, float mean, float scale, float floor, float* padded)
    {
        var (means, scales, floors) = (new Vector<float>(mean), new Vector<float>(scale), new Vector<float>(floor));
        for (var row = 0; row < layout.Height; row++, source += layout.Width)
        {
            for (var phase = 0; phase < layout.Stride; phase++)
            {
                var to = padded + layout.InputStart + layout.InputOffset(row, phase);
                var column = phase;
                if (layout.Stride == 1)
                    for (; column + Size <= layout.Width; column += Size, to += Size) Vector.Max((Vector.Load(source + column) - means) * scales, floors).Store(to);
                for (; column < layout.Width; column += layout.Stride) *to++ = Math.Max((source[column] - mean) * scale, floor);
            }
        }
    }

    /// <summary>Writes an output's gradient into the inner part of a padded one.</summary>
    public static void PadGradient(PlaneLayout layout, float* gradient, float* padded)
    {
        for (var row = 0; row < layout.OutputHeight; row++)
            new ReadOnlySpan<float>(gradient + row * layout.OutputWidth, layout.OutputWidth)
                .CopyTo(new Span<float>(padded + layout.GradientStart + layout.GradientOffset(row, 0), layout.OutputWidth));
    }

    /// <summary>Adds a padded input's gradient, phase by phase.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="padded">In the padded input's layout.</param>
    /// <param name="phases">A plane for each phase.</param>
    public static void AddPadded(PlaneLayout layout, float* padded, float* phases)
    {
        for (var row = 0; row < layout.Height; row++)
        {
            for (var phase = 0; phase < layout.Stride; phase++)
            {
                var from = padded + layout.InputStart + layout.InputOffset(row, phase);
                var to = phases + ((row % layout.Stride * layout.Stride + phase) * layout.OutputPlane) + row / layout.Stride * layout.OutputWidth;
                var count = (layout.Width - phase + layout.Stride - 1) / layout.Stride;
                for (var i = 0; i < count; i++) to[i] += from[i];
            }
        }
    }

    /// <summary>Writes an input's gradient: rectified where the input is positive, plus direct.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="input">The input's pixels.</param>
    /// <param name="rectified">The gradient of its ReLU, a plane for each phase.</param>
    /// <param name="direct">The gradient of itself, a plane for each phase.</param>
    /// <param name="gradient">The result.</param>
    public static void Join(PlaneLayout layout, float* input, float* rectified, float* direct, float* gradient)
    {
        if (layout.Stride == 1)
        {
            var i = 0;
            for (; i + Size <= layout.Area; i += Size)
            {
                var isPositive = Vector.GreaterThan(Vector.Load(input + i), Vector<float>.Zero);
                (Vector.ConditionalSelect(isPositive, Vector.Load(rectified + i), Vector<float>.Zero) + Vector.Load(direct + i)).Store(gradient + i);
            }
            for (; i < layout.Area; i++) gradient[i] = (input[i] > 0 ? rectified[i] : 0) + direct[i];
            return;
        }
        for (var row = 0; row < layout.Height; row++, input += layout.Width, gradient += layout.Width)
        {
            for (var phase = 0; phase < layout.Stride; phase++)
            {
                var at = (row % layout.Stride * layout.Stride + phase) * layout.OutputPlane + row / layout.Stride * layout.OutputWidth;
                for (var column = phase; column < layout.Width; column += layout.Stride, at++)
                    gradient[column] = (input[column] > 0 ? rectified[at] : 0) + direct[at];
            }
        }
    }

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

    /// <summary>Sets a gradient to zero where the value it belongs to is not above the mean, which is where a ReLU after normalisation gave zero.</summary>
    public static void Rectify(float* gradient, float* value, float mean, int plane)
    {
        var means = new Vector<float>(mean);
        for (var i = 0; i < plane; i += Size)
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(value + i), means), Vector.Load(gradient + i), Vector<float>.Zero).Store(gradient + i);
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
