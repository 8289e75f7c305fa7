using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>A copy of a module's parameters and buffers that can be put back.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly Tensor _values;
    private readonly Tensor[] _buffers;
    private readonly Tensor _savedValues;
    private readonly Tensor[] _savedBuffers;

    public Snapshot(Module module, FlatParameters parameters)
    {
        _values = parameters.Values;
        _buffers = [.. module.buffers()];
        _savedValues = _values.clone().DetachFromDisposeScope();
        _savedBuffers = [.. _buffers.Select(static buffer => buffer.clone().DetachFromDisposeScope())];
    }

    public void Take() => Copy(_values, _savedValues, _buffers, _savedBuffers);

    public void Restore() => Copy(_savedValues, _values, _savedBuffers, _buffers);

    public void Dispose()
    {
        _savedValues.Dispose();
        foreach (var buffer in _savedBuffers) buffer.Dispose();
    }

    private static void Copy(Tensor from, Tensor to, Tensor[] fromBuffers, Tensor[] toBuffers)
    {
        using var none = no_grad();
        to.copy_(from);
        for (var i = 0; i < fromBuffers.Length; i++) toBuffers[i].copy_(fromBuffers[i]);
    }
}
