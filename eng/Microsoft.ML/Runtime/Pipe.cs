using System;
using System.Diagnostics;

namespace Microsoft.ML.Runtime;

internal class Pipe<TMessage> : IPipe<TMessage>
{
    private readonly HostEnvironment _parent;
    private readonly string _name;

    public Pipe(HostEnvironment parent, string name)
    {
        _parent = parent;
        _name = name;
        FullName = string.IsNullOrEmpty(parent.FullName) ? name : $"{parent.FullName}; {name}";
    }

    public string FullName { get; }

    public string ContextDescription => FullName;

    // Only channel messages have a listener: the context's log.
    public void Send(TMessage msg)
    {
        if (msg is ChannelMessage message)
            _parent.Listener(FullName, message);
    }

    public TException Process<TException>(TException ex) where TException : Exception
    {
        if (ex is not null)
        {
            _parent.Process(ex);
            ex.Data["Phase"] = _name;
        }

        return ex;
    }

    public virtual void Dispose()
    {
    }
}

internal sealed class Channel : Pipe<ChannelMessage>, IChannel
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _disposed;

    public Channel(HostEnvironment parent, string name) : base(parent, name) => Send(ChannelMessageKind.Trace, MessageSensitivity.None, "Channel started");

    public void Trace(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Trace, sensitivity, fmt);

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Trace, sensitivity, fmt, args);

    public void Error(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Error, sensitivity, fmt);

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Error, sensitivity, fmt, args);

    public void Warning(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Warning, sensitivity, fmt);

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Warning, sensitivity, fmt, args);

    public void Info(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Info, sensitivity, fmt);

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Info, sensitivity, fmt, args);

    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Send(ChannelMessageKind.Trace, MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", [Stopwatch.GetElapsedTime(_started)]);
        Send(ChannelMessageKind.Trace, MessageSensitivity.None, "Channel disposed");
    }

    private void Send(ChannelMessageKind kind, MessageSensitivity sensitivity, string format, object[] args = null)
        => Send(new ChannelMessage(kind, sensitivity, format, args));
}
