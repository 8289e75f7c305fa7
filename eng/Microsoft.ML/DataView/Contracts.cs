using System;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML;

/// <summary>Argument checks that throw the same exception types as the real library.</summary>
internal static class Contracts
{
    public static void Check(bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }

    public static void CheckParam([DoesNotReturnIf(false)] bool condition, string parameter, string message = null)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(parameter, message);
    }

    public static T CheckValue<T>(T value, string parameter) where T : class
        => value ?? throw new ArgumentNullException(parameter);

    public static string CheckNonEmpty(string value, string parameter)
    {
        CheckParam(!string.IsNullOrEmpty(value), parameter, $"{parameter} cannot be null or empty");
        return value;
    }

    public static ArgumentOutOfRangeException MissingColumn(string parameter, string role, string column)
        => new(parameter, $"Could not find {role} column '{column}'");

    public static ArgumentOutOfRangeException SchemaMismatch(string parameter, string role, string column, string expected, string actual)
        => new(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");
}
