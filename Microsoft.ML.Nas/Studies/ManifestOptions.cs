using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Nas.Studies;

/// <summary>Search options as a manifest holds them: all that are values. The study is left out, since its address may hold a password.</summary>
internal static class ManifestOptions
{
    private static readonly PropertyInfo[] Properties =
        [.. typeof(SearchOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.Name != nameof(SearchOptions.Study) && IsValue(property.PropertyType))];

    public static JsonObject Of(SearchOptions options)
    {
        var json = new JsonObject();
        foreach (var property in Properties)
            json[NameOf(property)] = property.GetValue(options) is { } value ? JsonSerializer.SerializeToNode(value, value.GetType(), StudyJson.Options) : null;
        return json;
    }

    /// <exception cref="FormatException">An option's value does not fit.</exception>
    public static void Read(SearchOptions options, JsonObject json)
    {
        foreach (var property in Properties)
        {
            if (!json.TryGetPropertyValue(NameOf(property), out var value) || (value is null && property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null)) continue;
            try
            {
                property.SetValue(options, value?.Deserialize(property.PropertyType, StudyJson.Options));
            }
            catch (JsonException problem)
            {
                throw new FormatException($"The manifest's option \"{NameOf(property)}\" is {value!.ToJsonString()}, which is no {property.PropertyType.Name}.", problem);
            }
        }
    }

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static bool IsValue(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var isOptions = type.Assembly == typeof(SearchOptions).Assembly && type is { IsClass: true, IsAbstract: false } && type.GetConstructor([]) is not null;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(string[]) || isOptions;
    }
}
