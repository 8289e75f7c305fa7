using System;

namespace Microsoft.ML.Runtime;

/// <summary>The root environment of a context, and every host registered below it; all share the root's listener.</summary>
internal sealed class HostEnvironment : IHost
{
    private readonly HostEnvironment _master;
    private readonly string _name;
    private readonly object _lock = new();

    public HostEnvironment(int? seed, Action<string, ChannelMessage> listener)
    {
        Seed = seed;
        Rand = TauswortheRandom.Create(seed);
        Listener = listener;
        ComponentCatalog = new ComponentCatalog();
    }

    private HostEnvironment(HostEnvironment master, string name, Random rand)
    {
        _master = master;
        _name = name;
        // As in the real library a name starts at the grandparent: hosts registered directly below a host do not show it.
        FullName = string.IsNullOrEmpty(master._master?.FullName) ? name : $"{master._master.FullName}; {name}";
        Seed = master.Seed;
        Rand = rand;
        Listener = master.Listener;
        ComponentCatalog = master.ComponentCatalog;
    }

    public int? Seed { get; }

    public string FullName { get; }

    public Random Rand { get; }

    public ComponentCatalog ComponentCatalog { get; }

    public Action<string, ChannelMessage> Listener { get; }

    public string ContextDescription => _master is null ? "HostEnvironment" : FullName;

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        lock (_lock)
            return new HostEnvironment(this, name, seed is { } value ? new TauswortheRandom((uint)value) : new TauswortheRandom(Rand));
    }

    public IChannel Start(string name) => new Channel(this, name);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new Pipe<TMessage>(this, name);

    public IProgressChannel StartProgressChannel(string name)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        return new ProgressChannel();
    }

    public TException Process<TException>(TException ex) where TException : Exception
    {
        if (ex is not null)
            ex.Data["Throwing component"] = _name ?? "Environment";
        return ex;
    }
}
