using System;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a static generic method with a type argument that is only known at run time.</summary>
internal static class Generic
{
    public static TResult Call<TResult>(Delegate method, Type type, params object[] arguments)
    {
        var definition = method.Method.GetGenericMethodDefinition().MakeGenericMethod(type);
        return (TResult)definition.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
