#nullable disable
using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A dictionary that enumerates in the order of insertion.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
{
    private readonly Dictionary<TKey, TValue> values = [];
    private readonly List<(TKey, TValue)> list = [];

    public TValue this[TKey key]
    {
        get => values[key];
        set
        {
            if (values.ContainsKey(key)) list[Position(key)] = (key, value);
            else list.Add((key, value));
            values[key] = value;
        }
    }

    public (TKey, TValue) this[int index]
    {
        get => list[index];
        set
        {
            var old = list[index].Item1;
            if (!EqualityComparer<TKey>.Default.Equals(old, value.Item1))
            {
                values.Add(value.Item1, value.Item2);
                values.Remove(old);
            }
            values[value.Item1] = value.Item2;
            list[index] = value;
        }
    }

    public ICollection<TKey> Keys => list.ConvertAll(entry => entry.Item1);

    public ICollection<TValue> Values => list.ConvertAll(entry => entry.Item2);

    public int Count => list.Count;

    public bool IsReadOnly => false;

    public void Add(TKey key, TValue value)
    {
        values.Add(key, value);
        list.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Insert(int index, (TKey, TValue) item)
    {
        values.Add(item.Item1, item.Item2);
        list.Insert(index, item);
    }

    public bool ContainsKey(TKey key) => values.ContainsKey(key);

    public bool TryGetValue(TKey key, out TValue value) => values.TryGetValue(key, out value);

    public bool Contains((TKey, TValue) item) => list.Contains(item);

    public bool Contains(KeyValuePair<TKey, TValue> item) => list.Contains((item.Key, item.Value));

    public int IndexOf((TKey, TValue) item) => list.IndexOf(item);

    public bool Remove(TKey key)
    {
        if (!values.Remove(key)) return false;
        list.RemoveAt(Position(key));
        return true;
    }

    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    public bool Remove(KeyValuePair<TKey, TValue> item) => Contains(item) && Remove(item.Key);

    public void RemoveAt(int index) => Remove(list[index].Item1);

    public void Clear()
    {
        values.Clear();
        list.Clear();
    }

    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in list) array[arrayIndex++] = new(key, value);
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator() => list.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        list.Select(entry => new KeyValuePair<TKey, TValue>(entry.Item1, entry.Item2)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Position(TKey key) => list.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Item1, key));
}
