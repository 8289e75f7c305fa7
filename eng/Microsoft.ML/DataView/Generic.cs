using System;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a static generic method with type arguments that are only known at run time.</summary>
internal static class Generic
{
    public static TResult Call<TResult>(Delegate method, Type type, params object[] arguments) => Call<TResult>(method, [type], arguments);

    public static TResult Call<TResult>(Delegate method, Type[] types, params object[] arguments)
    {
        var definition = method.Method.GetGenericMethodDefinition().MakeGenericMethod(types);
        return (TResult)definition.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
