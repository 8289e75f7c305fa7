using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>
/// Dynamic loss scaling (Micikevicius 2018): a loss is multiplied before it is differentiated, so that small gradients do not vanish in float16,
/// and the gradients are divided after. Where they are not finite the scale is halved and the step is skipped; after 2,000 others in a row it is doubled.
/// </summary>
internal sealed class LossScale
{
    private const double First = 1 << 16;

    /// <summary>Gradients that are too large for float16 at a smaller scale than this are no matter of the scale.</summary>
    private const double Least = 1.0 / (1 << 13);
    private const int StepsToDouble = 2_000;

    /// <summary>What losses are multiplied by, a power of two.</summary>
    public double Value { get; private set; } = First;

    /// <summary>The number of finite gradients in a row.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether no scale helps: the training has diverged.</summary>
    public bool IsExhausted => Value < Least;

    /// <summary>Whether a precision has so small a range that losses are scaled.</summary>
    public static bool IsNeededFor(TrainingPrecision? precision) => precision == TrainingPrecision.Float16;

    /// <summary>The loss to differentiate.</summary>
    public Tensor Scaled(Tensor loss) => loss * Scalars.Held(Value);

    /// <summary>Makes the gradients of scaled losses those of the losses.</summary>
    public void Unscale(FlatParameters parameters)
    {
        using var none = no_grad();
        parameters.Gradients.mul_(Scalars.Held(1 / Value));
    }

    /// <summary>Learns whether gradients were finite, and so whether their step is taken.</summary>
    public void Update(bool wereFinite)
    {
        Steps = wereFinite ? Steps + 1 : 0;
        if (!wereFinite && !IsExhausted) Value /= 2;
        if (Steps < StepsToDouble) return;
        Value *= 2;
        Steps = 0;
    }

    /// <summary>Goes on from where another stood.</summary>
    public void Restore(double value, int steps) => (Value, Steps) = (value, steps);
}
