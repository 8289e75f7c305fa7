using System;
using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Delegates that read and write a field or property of a row object.</summary>
internal static class MemberAccess
{
    public static Func<TRow, T> Getter<TRow, T>(MemberInfo member)
    {
        if (member is PropertyInfo property)
            return property.GetGetMethod().CreateDelegate<Func<TRow, T>>();
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, T>>(Expression.Field(row, (FieldInfo)member), row).Compile();
    }

    public static Action<TRow, T> Setter<TRow, T>(MemberInfo member)
    {
        if (member is PropertyInfo property)
        {
            var method = property.GetSetMethod() ?? throw new InvalidOperationException($"Property '{member.Name}' of type '{typeof(TRow)}' cannot be set.");
            return method.CreateDelegate<Action<TRow, T>>();
        }

        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(T));
        return Expression.Lambda<Action<TRow, T>>(Expression.Assign(Expression.Field(row, (FieldInfo)member), value), row, value).Compile();
    }
}
