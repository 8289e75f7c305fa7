using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data;

/// <summary>The values that a key column's keys stand for: what ML.NET keeps in the annotation <c>KeyValues</c>.</summary>
internal abstract class KeyValues
{
    private const string AnnotationName = "KeyValues";

    /// <summary>The number of values.</summary>
    public abstract int Count { get; }

    /// <summary>The values as text.</summary>
    public abstract ImmutableArray<string> Texts { get; }

    /// <summary>The values: an array of their own type, text as strings.</summary>
    public abstract Array Values { get; }

    /// <summary>Adds the annotation to a column's others.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder annotations);

    /// <summary>A column's key values; null where it has none, or none of a type that is known here.</summary>
    public static KeyValues? Of(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationName) is { Type: VectorDataViewType { ItemType: var item } }
            ? Create(item, column.Annotations)
            : null;

    /// <summary>Stands for the key values of a column of which only the shape is known.</summary>
    public static KeyValues? Of(SchemaShape.Column column)
    {
        var found = column.Annotations.FirstOrDefault(static annotation => annotation.Name == AnnotationName);
        return found.Name is not null && found.ItemType is PrimitiveDataViewType item ? Create(item, source: null) : null;
    }

    /// <summary>Key values from an array of the values' own type, text as strings.</summary>
    public static KeyValues Of(Array values) => values is string[] texts
        ? new Typed<ReadOnlyMemory<char>>(TextDataViewType.Instance, Array.ConvertAll(texts, static text => text.AsMemory()))
        : Create(TypeOf(values.GetType().GetElementType()!), values)
            ?? throw new NotSupportedException($"Key values of the type {values.GetType().GetElementType()} are not supported.");

    private static PrimitiveDataViewType TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => BooleanDataViewType.Instance,
        TypeCode.Single => NumberDataViewType.Single,
        TypeCode.Double => NumberDataViewType.Double,
        TypeCode.SByte => NumberDataViewType.SByte,
        TypeCode.Byte => NumberDataViewType.Byte,
        TypeCode.Int16 => NumberDataViewType.Int16,
        TypeCode.UInt16 => NumberDataViewType.UInt16,
        TypeCode.Int32 => NumberDataViewType.Int32,
        TypeCode.UInt32 => NumberDataViewType.UInt32,
        TypeCode.Int64 => NumberDataViewType.Int64,
        TypeCode.UInt64 => NumberDataViewType.UInt64,
        _ => throw new NotSupportedException($"Key values of the type {type} are not supported."),
    };

    private static KeyValues? Create(PrimitiveDataViewType item, object? source) => item.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => new Typed<ReadOnlyMemory<char>>(item, source),
        var type when type == typeof(bool) => new Typed<bool>(item, source),
        var type when type == typeof(float) => new Typed<float>(item, source),
        var type when type == typeof(double) => new Typed<double>(item, source),
        var type when type == typeof(sbyte) => new Typed<sbyte>(item, source),
        var type when type == typeof(byte) => new Typed<byte>(item, source),
        var type when type == typeof(short) => new Typed<short>(item, source),
        var type when type == typeof(ushort) => new Typed<ushort>(item, source),
        var type when type == typeof(int) => new Typed<int>(item, source),
        var type when type == typeof(uint) => new Typed<uint>(item, source),
        var type when type == typeof(long) => new Typed<long>(item, source),
        var type when type == typeof(ulong) => new Typed<ulong>(item, source),
        _ => null,
    };

    private sealed class Typed<T> : KeyValues
    {
        private readonly PrimitiveDataViewType _item;
        private readonly T[] _values;

        /// <param name="item">The type of a value.</param>
        /// <param name="source">The annotations to read, or an array of values; null for one default value.</param>
        public Typed(PrimitiveDataViewType item, object? source)
        {
            _item = item;
            _values = source switch
            {
                T[] values => values,
                DataViewSchema.Annotations annotations => Read(annotations),
                _ => new T[1],
            };
        }

        public override int Count => _values.Length;

        public override ImmutableArray<string> Texts => [.. _values.Select(static value => value!.ToString()!)];

        public override Array Values => _values is ReadOnlyMemory<char>[] ? Texts.ToArray() : _values;

        public override void AddTo(DataViewSchema.Annotations.Builder annotations) => annotations.Add(
            AnnotationName,
            new VectorDataViewType(_item, Count),
            (ref VBuffer<T> values) => new VBuffer<T>(_values.Length, _values).CopyTo(ref values));

        private static T[] Read(DataViewSchema.Annotations annotations)
        {
            VBuffer<T> values = default;
            annotations.GetValue(AnnotationName, ref values);
            return [.. values.DenseValues()];
        }
    }
}
