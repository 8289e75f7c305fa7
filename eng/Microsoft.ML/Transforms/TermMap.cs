using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Numbers the distinct values of a column from 1. Missing values (empty text, NaN, key 0) have no number and map to 0, as unseen ones do.</summary>
internal abstract class TermMap
{
    private protected TermMap(PrimitiveDataViewType itemType) => ItemType = itemType;

    public PrimitiveDataViewType ItemType { get; }

    public abstract int Count { get; }

    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(1, Count));

    public static TermMap Create(PrimitiveDataViewType itemType, int maxCount) => itemType switch
    {
        TextDataViewType => new TextTermMap(maxCount),
        _ => Generic.Call<TermMap>(Create<int>, itemType.RawType, itemType, maxCount),
    };

    /// <summary>An action that takes in the value, or the vector's values, of a cursor's row.</summary>
    public abstract Action Reader(DataViewRow row, DataViewSchema.Column column);

    public abstract void Sort();

    public abstract Delegate Getter(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Adds the values as KeyValues; those of keys are the source's own KeyValues, where it has them.</summary>
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, bool asText);

    private static TermMap<T> Create<T>(PrimitiveDataViewType itemType, int maxCount) where T : IComparable<T> => new(itemType, maxCount);
}

internal class TermMap<T> : TermMap
{
    private readonly int _maxCount;
    private readonly Dictionary<T, uint> _numbers;
    private readonly Func<T, bool> _isMissing;
    private List<T> _terms = [];

    public TermMap(PrimitiveDataViewType itemType, int maxCount, IEqualityComparer<T> comparer = null) : base(itemType)
    {
        Contracts.CheckParam(maxCount > 0, "maximumNumberOfKeys", "Must be positive");
        _maxCount = maxCount;
        _numbers = new Dictionary<T, uint>(comparer);
        _isMissing = MissingValues.Test<T>(itemType);
    }

    public override int Count => _terms.Count;

    protected virtual Comparison<T> Order => Comparer<T>.Default.Compare;

    public override Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            var vectors = row.GetGetter<VBuffer<T>>(column);
            VBuffer<T> vector = default;
            return () =>
            {
                vectors(ref vector);
                foreach (var item in vector.DenseValues())
                    Add(item);
            };
        }

        var scalars = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            scalars(ref value);
            Add(value);
        };
    }

    public override void Sort()
    {
        _terms.Sort(Order);
        _numbers.Clear();
        foreach (var term in _terms)
            _numbers.Add(term, (uint)_numbers.Count + 1);
    }

    public override Delegate Getter(DataViewRow row, DataViewSchema.Column column) => ItemMap.Getter<T, uint>(row, column, value => _numbers.GetValueOrDefault(value));

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, bool asText)
    {
        if (Count == 0)
            return;
        if (ItemType is KeyDataViewType key && SourceValues(source, key) is { } valueType)
            Generic.Call<object>(AddSourceValues<int>, valueType.RawType, this, builder, source, valueType, asText);
        else
            Add(builder, ItemType, _terms, asText);
    }

    /// <summary>The value as what is kept: text must not hold on to the buffer that it was read into.</summary>
    protected virtual T Keep(T value) => value;

    private static PrimitiveDataViewType SourceValues(DataViewSchema.Column source, KeyDataViewType key)
        => source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType names && (ulong)names.Size == key.Count
            ? names.ItemType
            : null;

    private static object AddSourceValues<TValue>(
        TermMap<T> map, DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, PrimitiveDataViewType type, bool asText)
    {
        VBuffer<TValue> values = default;
        source.GetKeyValues(ref values);
        Add(builder, type, [.. map._terms.Select(term => values.GetItemOrDefault(Convert.ToInt32(term) - 1))], asText);
        return null;
    }

    private static void Add<TValue>(DataViewSchema.Annotations.Builder builder, PrimitiveDataViewType type, List<TValue> values, bool asText)
    {
        if (asText && type is not TextDataViewType)
        {
            var text = values.Select(value => ValueText.Of(value).AsMemory()).ToArray();
            builder.AddVector(AnnotationKinds.KeyValues, new VectorDataViewType(TextDataViewType.Instance, text.Length), new VBuffer<ReadOnlyMemory<char>>(text.Length, text));
            return;
        }

        builder.AddVector(AnnotationKinds.KeyValues, new VectorDataViewType(type, values.Count), new VBuffer<TValue>(values.Count, [.. values]));
    }

    private void Add(T value)
    {
        if (_terms.Count == _maxCount || _isMissing(value) || _numbers.ContainsKey(value))
            return;
        var kept = Keep(value);
        _terms.Add(kept);
        _numbers.Add(kept, (uint)_terms.Count);
    }
}

internal sealed class TextTermMap(int maxCount) : TermMap<ReadOnlyMemory<char>>(TextDataViewType.Instance, maxCount, TextComparer.Instance)
{
    protected override Comparison<ReadOnlyMemory<char>> Order => (left, right) => left.Span.SequenceCompareTo(right.Span);

    protected override ReadOnlyMemory<char> Keep(ReadOnlyMemory<char> value) => value.ToString().AsMemory();
}
