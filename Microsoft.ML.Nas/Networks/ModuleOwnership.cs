using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Creates modules without leaving temporary tensors behind.</summary>
internal static class ModuleOwnership
{
    /// <summary>Creates a module on a device; it owns its parameters and buffers, and what else its creation made is disposed.</summary>
    public static T Create<T>(Func<T> create, Device device) where T : Module
    {
        using var scope = NewDisposeScope();
        var module = create();
        module.to(device);
        foreach (var parameter in module.parameters()) parameter.DetachFromDisposeScope();
        foreach (var buffer in module.buffers()) buffer.DetachFromDisposeScope();
        return module;
    }
}
