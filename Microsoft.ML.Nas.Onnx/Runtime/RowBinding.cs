using System.Collections.Immutable;

using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>The buffers of a runner bound for one number of rows.</summary>
internal sealed class RowBinding : IDisposable
{
    private readonly List<OrtValue> _views = [];

    public RowBinding(InferenceSession session, ImmutableArray<BoundBuffer> inputs, ImmutableArray<BoundBuffer> outputs, int rows)
    {
        Native = session.CreateIoBinding();
        foreach (var buffer in inputs)
            Native.BindInput(buffer.Info.Name, View(buffer, rows));
        foreach (var buffer in outputs)
            Native.BindOutput(buffer.Info.Name, View(buffer, rows));
    }

    public OrtIoBinding Native { get; }

    /// <summary>When it was last used, in runs.</summary>
    public long LastUse { get; set; }

    public void Dispose()
    {
        Native.Dispose();
        foreach (var view in _views)
            view.Dispose();
    }

    private OrtValue View(BoundBuffer buffer, int rows)
    {
        var view = buffer.View(rows);
        _views.Add(view);
        return view;
    }
}
