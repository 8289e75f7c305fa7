using System;

namespace Microsoft.ML;

public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}

/// <summary>Where a model is being written to. Code outside the library can only hand it on, so it shows nothing.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal ModelSaveContext()
    {
    }

    public void Dispose()
    {
    }

    internal static NotSupportedException NoFormat(ITransformer transformer)
        => new($"{transformer.GetType().Name} cannot be saved: this build of Microsoft.ML has no model file format. Build with DependencySource=packages.");
}
