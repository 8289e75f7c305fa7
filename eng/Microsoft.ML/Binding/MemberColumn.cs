using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A public field or property of a row class, and the column it stands for.</summary>
internal sealed class MemberColumn
{
    private MemberColumn(MemberInfo member)
    {
        Member = member;
        MemberType = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        ColumnName = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
        IsVector = MemberType.IsArray || (MemberType.IsGenericType && MemberType.GetGenericTypeDefinition() == typeof(VBuffer<>));
        ItemType = MemberType.IsArray ? MemberType.GetElementType() : IsVector ? MemberType.GetGenericArguments()[0] : MemberType;
    }

    public MemberInfo Member { get; }

    public string Name => Member.Name;

    /// <summary>The member's .NET type; text may be a string or characters.</summary>
    public Type MemberType { get; }

    public Type ItemType { get; }

    public bool IsVector { get; }

    public string ColumnName { get; private init; }

    public DataViewType ColumnType { get; private init; }

    public DataViewSchema.Annotations Annotations { get; private init; }

    private Type RawItemType => ItemType == typeof(string) ? typeof(ReadOnlyMemory<char>) : ItemType;

    /// <summary>The columns of a class, by its own attributes or by a definition that overrides them.</summary>
    public static MemberColumn[] Bind(Type rowType, SchemaDefinition.Direction direction, SchemaDefinition definition)
        => [.. (definition ?? SchemaDefinition.Create(rowType, direction)).Select(column => Bind(rowType, column))];

    public static DataViewSchema SchemaOf(IEnumerable<MemberColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.ColumnName, column.ColumnType, column.Annotations);
        return builder.ToSchema();
    }

    public static IEnumerable<MemberColumn> MembersOf(Type rowType, SchemaDefinition.Direction direction)
    {
        const BindingFlags visible = BindingFlags.Public | BindingFlags.Instance;
        Contracts.CheckValue(rowType, nameof(rowType));
        var properties = rowType.GetProperties(visible).Where(property => property.GetIndexParameters().Length == 0
            && ((direction.HasFlag(SchemaDefinition.Direction.Read) && property.GetGetMethod() is not null)
                || (direction.HasFlag(SchemaDefinition.Direction.Write) && property.GetSetMethod() is not null)));
        var names = new HashSet<string>();
        foreach (var member in rowType.GetFields(visible).Concat<MemberInfo>(properties))
        {
            var column = new MemberColumn(member);
            if (column.MemberType == typeof(IChannel) || member.GetCustomAttribute<NoColumnAttribute>() is not null)
                continue;
            Contracts.CheckParam(names.Add(column.ColumnName), nameof(rowType), $"Duplicate column name '{column.ColumnName}' detected, this is disallowed");
            yield return column;
        }
    }

    /// <summary>The column type that the member's .NET type and attributes declare.</summary>
    public DataViewType DeclaredType()
    {
        var item = PrimitiveTypes.OfRawType(ItemType) ?? throw new ArgumentOutOfRangeException(
            "rawType", $"Could not determine an IDataView type and registered custom types for member {Name}");
        if (Member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            Contracts.CheckParam(
                KeyDataViewType.IsValidDataType(ItemType),
                "userType",
                $"Member {Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            item = new KeyDataViewType(ItemType, key.KeyCount is null ? KeyDataViewType.MaxCount(ItemType) : key.KeyCount.Count.GetValueOrDefault());
        }

        var size = Member.GetCustomAttribute<VectorTypeAttribute>();
        Contracts.CheckParam(
            size is null || IsVector, "userType", $"Member {Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        if (!IsVector)
            return item;
        return size?.Dimensions is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item, 0);
    }

    private static MemberColumn Bind(Type rowType, SchemaDefinition.Column column)
    {
        Contracts.CheckParam(column.MemberName is not null, "userSchemaDefinition", "Null field name detected in schema definition");
        var member = (MemberInfo)rowType.GetField(column.MemberName) ?? rowType.GetProperty(column.MemberName);
        Contracts.CheckParam(
            member is not null, "userSchemaDefinition", $"No field or property with name '{column.MemberName}' found in type '{rowType.FullName}'");
        var bound = new MemberColumn(member);
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        var type = column.ColumnType ?? bound.DeclaredType();
        var vector = type as VectorDataViewType;
        Contracts.CheckParam(
            bound.IsVector == vector is not null,
            "userSchemaDefinition",
            $"Column '{name}' is supposed to be {Shape(vector is not null)}, but type of associated field '{column.MemberName}' is {Shape(bound.IsVector)}");
        var itemType = vector?.ItemType ?? type;
        Contracts.CheckParam(
            itemType.RawType == bound.RawItemType,
            "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {itemType.RawType}, but associated field has type {bound.RawItemType}");
        return new MemberColumn(member) { ColumnName = name, ColumnType = type, Annotations = column.Annotations };
    }

    private static string Shape(bool isVector) => isVector ? "vector" : "scalar";
}
