using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Numbers that outlive the native calls that they are given to.</summary>
/// <remarks>
/// TorchSharp reads a <see cref="Scalar"/>'s handle and then lets it be collected while native code still works with it; even the sum of two tensors makes one. Where
/// another thread makes the garbage collector run meanwhile, a training fails, or goes on with another number. So no expression here leaves a number to
/// an implicit conversion.
/// </remarks>
internal static class Scalars
{
    public static readonly Scalar Zero = 0;
    public static readonly Scalar One = 1;

    [ThreadStatic]
    private static Scalar[]? s_held;
    [ThreadStatic]
    private static int s_next;

    /// <summary>A number that stays alive until this thread has asked for many others.</summary>
    public static Scalar Held(double value) => Hold(value);

    /// <inheritdoc cref="Held(double)"/>
    public static Scalar Held(long value) => Hold(value);

    /// <summary>The sum of two tensors.</summary>
    public static Tensor Sum(Tensor left, Tensor right) => left.add(right, One);

    /// <summary>A tensor with a number added to each of its values.</summary>
    public static Tensor Sum(Tensor left, Scalar right) => left.add(right, One);

    /// <summary>The integers from the first up to, and without, the end.</summary>
    public static Tensor Range(long first, long end, ScalarType type, Device device) => arange(Held(first), Held(end), One, type, device);

    private static Scalar Hold(Scalar scalar)
    {
        s_held ??= new Scalar[64];
        s_held[s_next] = scalar;
        s_next = (s_next + 1) % s_held.Length;
        return scalar;
    }
}
