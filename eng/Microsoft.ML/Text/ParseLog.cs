using System;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Tells the log about fields that could not be read: the first few one by one, then how many in all.</summary>
internal sealed class ParseLog(IHost host) : IDisposable
{
    private const int MaxShown = 10;

    private readonly IChannel _channel = host.Start("ParseStats");
    private long _badValues;
    private long _badFormats;

    public long RowCount { get; set; }

    public void BadValue(long line, TextColumn column, int slot)
    {
        if (++_badValues > MaxShown)
            return;
        var where = column.Type is VectorDataViewType ? $"{column.Name} at slot {slot}" : column.Name;
        _channel.Info(MessageSensitivity.Schema, $"  Bad value at line {line} in column {where}");
        if (_badValues == MaxShown)
            _channel.Info("  Suppressing further bad value messages");
    }

    public void BadQuoting(string path, long line, int start, int end)
    {
        if (++_badFormats > MaxShown)
            return;
        _channel.Warning($"Format error at {path}({line},{start + 1})-({line},{end + 1}): Illegal quoting");
        if (_badFormats == MaxShown)
            _channel.Warning("Suppressing further format error messages");
    }

    public void Dispose()
    {
        if (_badValues > 0 || _badFormats > 0)
            _channel.Info($"Processed {RowCount} rows with {_badValues} bad values and {_badFormats} format errors");
        _channel.Dispose();
    }
}
