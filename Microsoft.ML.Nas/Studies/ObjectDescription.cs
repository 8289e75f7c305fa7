using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Nas.Studies;

/// <summary>
/// An immutable object as JSON, by the values it was made with. Strategies, samplers and evaluators are described so, a user's own too: two
/// that are described alike do alike.
/// </summary>
internal static class ObjectDescription
{
    private const int MaxDepth = 12;

    public static JsonNode? Of(object? value, int depth = 0) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        float number => float.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        Enum name => JsonValue.Create(name.ToString()),
        SearchSpace space => new JsonObject { ["name"] = space.Name, ["hash"] = space.Hash },
        Delegate function => JsonValue.Create($"{function.Method.DeclaringType?.FullName}.{function.Method.Name}"),
        IFormattable number when value.GetType().IsPrimitive || number is TimeSpan or decimal => JsonValue.Create(number.ToString(null, CultureInfo.InvariantCulture)),
        Type type => JsonValue.Create(type.FullName),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => Of(item, depth + 1))]),
        _ => depth < MaxDepth ? Fields(value, depth) : throw new NotSupportedException($"{value.GetType()} holds itself and cannot be described; a strategy must be made of values."),
    };

    private static JsonObject Fields(object value, int depth)
    {
        var description = new JsonObject { ["type"] = value.GetType().Name };
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(static field => field.MetadataToken))
                description[NameOf(field)] = Of(field.GetValue(value), depth + 1);
        return description;
    }

    /// <summary>The name in the source, without what the compiler and habits add: <c>&lt;Name&gt;k__BackingField</c>, <c>_name</c>.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name.TrimStart('_');
}
