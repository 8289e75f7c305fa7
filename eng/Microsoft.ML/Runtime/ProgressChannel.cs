using System;

namespace Microsoft.ML.Runtime;

/// <summary>Accepts progress reports. As in the real library nothing listens to them by default, so they are checked and dropped.</summary>
internal sealed class ProgressChannel : IProgressChannel
{
    private ProgressHeader _header = new();
    private bool _disposed;

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel();

    public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction) => _header = Contracts.CheckValue(header, nameof(header));

    public void Checkpoint(params double?[] values)
    {
        Contracts.Check(!_disposed, "Can't report checkpoints after disposing");
        var expected = _header.MetricNames.Count + (2 * _header.UnitNames.Count);
        Contracts.Check((values?.Length ?? 0) <= expected, "Too many values provided in Checkpoint");
    }

    public void Dispose() => _disposed = true;
}
