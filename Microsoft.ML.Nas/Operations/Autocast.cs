using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Mixed precision for what this thread computes until it is disposed (see <see cref="TrainingPrecision"/>): operations say here which of their
/// tensors are rounded, and which must be float32. What they then mix is promoted to float32 by LibTorch.
/// </summary>
internal sealed class Autocast : IDisposable
{
    [ThreadStatic]
    private static ScalarType? s_low;
    private readonly ScalarType? _outer = s_low;

    private Autocast(ScalarType? low) => s_low = low;

    /// <summary>Whether there is a low precision.</summary>
    public static bool IsOn => s_low is not null;

    /// <summary>Begins to compute in a precision; null for float32.</summary>
    public static IDisposable Use(TrainingPrecision? precision) => new Autocast(precision switch
    {
        TrainingPrecision.BFloat16 => ScalarType.BFloat16,
        TrainingPrecision.Float16 => ScalarType.Float16,
        _ => null,
    });

    /// <summary>A float32 tensor in the low precision.</summary>
    public static Tensor Low(Tensor value) => s_low is { } low && value.dtype == ScalarType.Float32 ? value.to_type(low) : value;

    /// <summary>A tensor of the low precision in float32.</summary>
    public static Tensor Full(Tensor value) => s_low is { } low && value.dtype == low ? value.to_type(ScalarType.Float32) : value;

    /// <summary>An operation's input as it takes it: one that is not of this library knows of float32 only.</summary>
    public static Tensor For(Operation operation, Tensor input) => operation.GetType().Assembly == typeof(Operation).Assembly ? input : Full(input);

    /// <summary>A linear map in the low precision.</summary>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor bias) => functional.linear(Low(input), Low(weight), Low(bias));

    /// <summary>A matrix product in the low precision.</summary>
    public static Tensor MatMul(Tensor left, Tensor right) => Low(left).matmul(Low(right));

    /// <summary>The rectifier up to six. LibTorch has no gradient of it for bfloat16 on CPUs, where it goes through float32.</summary>
    public static Tensor Relu6(Tensor input) => s_low is { } low && input.dtype == low && input.device_type == DeviceType.CPU
        ? functional.relu6(Full(input)).to_type(low)
        : functional.relu6(input);

    /// <summary>What a module gives where it takes, and computes in, float32.</summary>
    public static Tensor InFull(Module<Tensor, Tensor> module, Tensor input)
    {
        if (!IsOn) return module.call(input);
        input = Full(input);
        using (Use(null)) return module.call(input);
    }

    public void Dispose() => s_low = _outer;
}
