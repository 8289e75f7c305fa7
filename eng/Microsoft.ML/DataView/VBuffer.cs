using System;
using System.Collections;
using System.Collections.Generic;

namespace Microsoft.ML.Data;

/// <summary>A vector value that is dense, or sparse with ascending indices; its arrays are reused from row to row.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam((values?.Length ?? 0) >= length, nameof(values));
        Length = length;
        _count = length;
        _values = values;
        _indices = indices;
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam((uint)count <= (uint)length, nameof(count));
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values));
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var size = source?.Length ?? 0;
        Contracts.CheckParam(0 <= length && length <= size, nameof(length));
        Contracts.CheckParam(0 <= sourceIndex && sourceIndex <= size - length, nameof(sourceIndex));
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = destination.Edit(Length, _count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense)
            GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(0 <= sourceIndex && sourceIndex <= Length, nameof(sourceIndex));
        Contracts.CheckParam(0 <= length && sourceIndex <= Length - length, nameof(length));
        var (min, limit) = IsDense ? (sourceIndex, sourceIndex + length) : (LowerBound(sourceIndex), LowerBound(sourceIndex + length));
        var editor = destination.Edit(length, limit - min);
        GetValues()[min..limit].CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = _indices[min + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Contracts.CheckParam(
            0 <= destinationIndex && destinationIndex <= destination.Length - Length, nameof(destination), "Not large enough to hold these values.");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }

        target.Fill(_count == 0 ? default : defaultValue);
        for (var i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = destination.Edit(Length, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false) => all ? AllItems() : ExplicitItems();

    public IEnumerable<T> DenseValues()
    {
        foreach (var item in AllItems())
            yield return item.Value;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam((uint)index < (uint)Length, nameof(index));
        if (IsDense)
            return _values[index];
        var at = LowerBound(index);
        return at < _count && _indices[at] == index ? _values[at] : default;
    }

    public override string ToString()
        => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    internal VBufferEditor<T> Edit(int length, int count, int maxCapacity = int.MaxValue, bool keepOld = false, bool indicesOnDense = false)
    {
        var values = Grow(_values, count, maxCapacity, keepOld);
        var indices = count < length || indicesOnDense ? Grow(_indices, count, maxCapacity, keepOld) : _indices;
        return new VBufferEditor<T>(length, count, values, indices, indicesOnDense, values != _values, indices != _indices);
    }

    internal VBufferEditor<T> Edit() => Edit(Length, _count);

    private static TItem[] Grow<TItem>(TItem[] array, int size, int maxCapacity, bool keepOld)
    {
        if ((array?.Length ?? 0) >= size)
            return array;

        var capacity = Math.Max(size, Math.Min(2L * (array?.Length ?? 0), Math.Min(maxCapacity, Array.MaxLength)));
        var grown = new TItem[capacity];
        if (keepOld)
            array?.CopyTo(grown, 0);
        return grown;
    }

    private int LowerBound(int index)
    {
        var found = _indices.AsSpan(0, _count).BinarySearch(index);
        return found >= 0 ? found : ~found;
    }

    private IEnumerable<KeyValuePair<int, T>> ExplicitItems()
    {
        for (var i = 0; i < _count; i++)
            yield return new(IsDense ? i : _indices[i], _values[i]);
    }

    private IEnumerable<KeyValuePair<int, T>> AllItems()
    {
        for (int slot = 0, i = 0; slot < Length; slot++)
        {
            var isExplicit = i < _count && (IsDense || _indices[i] == slot);
            yield return new(slot, isExplicit ? _values[i++] : default);
        }
    }
}
