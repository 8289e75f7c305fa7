using System;
using System.Collections.Generic;

namespace Microsoft.ML.Data;

/// <summary>The values that stand for missing: NaN, key 0 and empty text.</summary>
internal static class MissingValues
{
    public static Func<T, bool> Test<T>(PrimitiveDataViewType type)
    {
        Delegate test = type switch
        {
            KeyDataViewType => (Func<T, bool>)(value => EqualityComparer<T>.Default.Equals(value, default)),
            TextDataViewType => (Func<ReadOnlyMemory<char>, bool>)(text => text.IsEmpty),
            _ when typeof(T) == typeof(float) => (Func<float, bool>)float.IsNaN,
            _ when typeof(T) == typeof(double) => (Func<double, bool>)double.IsNaN,
            _ => (Func<T, bool>)(_ => false),
        };
        return (Func<T, bool>)test;
    }

    /// <summary>NaN for reals, else the type's default.</summary>
    public static T MissingOrDefault<T>()
    {
        object missing = typeof(T) == typeof(float) ? float.NaN : typeof(T) == typeof(double) ? double.NaN : default(T);
        return (T)missing;
    }
}
