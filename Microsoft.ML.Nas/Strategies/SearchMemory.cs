namespace Microsoft.ML.Nas.Strategies;

/// <summary>State of samplers and evaluators that lives as long as one search.</summary>
internal sealed class SearchMemory : IDisposable
{
    private readonly Dictionary<object, object> _states = new(ReferenceEqualityComparer.Instance);

    public T Get<T>(object key, Func<T> create) where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(create);
        lock (_states)
        {
            if (!_states.TryGetValue(key, out var state)) _states[key] = state = create();
            return (T)state;
        }
    }

    public void Dispose()
    {
        foreach (var state in _states.Values) (state as IDisposable)?.Dispose();
        _states.Clear();
    }
}
