using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Writes a space's name, tree and decisions in one canonical way, and hashes it.</summary>
internal static class SpaceFingerprint
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static string Of(SearchSpace space)
    {
        var text = new StringBuilder();
        Write(text, space.Name);
        Write(text, space.Root);
        foreach (var decision in space.Decisions)
        {
            Write(text, decision.Name);
            Write(text, decision.Labels);
            Write(text, decision.MixedCount);
            Write(text, decision.Condition?.Decision);
            Write(text, decision.Condition?.Options.ToArray());
        }
        foreach (var constraint in space.Constraints) Write(text, constraint.Description);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..8]);
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('~');
                break;
            case string s:
                text.Append(s.Length).Append(':').Append(s);
                break;
            case ISetting setting:
                Write(text, setting.Name);
                Write(text, setting.IsShared);
                Write(text, setting.Kind);
                Write(text, setting.Labels);
                break;
            case ISettingList list:
                Write(text, list.Items);
                break;
            case Type type:
                Write(text, type.FullName);
                break;
            case IFormattable or bool:
                Write(text, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items) Write(text, item);
                text.Append(']');
                break;
            default:
                // Blocks, edges and operations are records: their type and their properties are all there is to them.
                text.Append(value.GetType().Name).Append('{');
                foreach (var property in Properties.GetOrAdd(value.GetType(), OwnProperties)) Write(text, property.GetValue(value));
                text.Append('}');
                break;
        }
    }

    private static PropertyInfo[] OwnProperties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetIndexParameters().Length == 0)
            .OrderBy(static property => property.Name, StringComparer.Ordinal)];
}
