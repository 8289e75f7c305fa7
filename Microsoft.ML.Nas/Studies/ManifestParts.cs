using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas.Studies;

/// <summary>
/// Finds the shipped space or strategy that a manifest describes: what a factory makes is taken only where it is described as the manifest
/// does.
/// </summary>
internal static class ManifestParts
{
    /// <exception cref="InvalidOperationException">There is none, or the one given differs.</exception>
    public static SearchSpace Find(JsonNode description, SearchSpace? given)
    {
        var (name, hash) = (description["name"]?.ToString(), description["hash"]?.ToString());
        if (given is not null)
        {
            return given.Hash == hash ? given : throw new InvalidOperationException(
                $"The space given is not the manifest's:{Describe(JsonDifferences.Between(description, JsonNode.Parse(StudyDescription.Of(given).ToJsonString(StudyJson.Options))))}");
        }
        return Made<SearchSpace>(typeof(SearchSpaces), description).FirstOrDefault(space => space.Hash == hash)
            ?? throw new InvalidOperationException($"The manifest's space '{name}' ({hash}) is not one that this version of NasMl ships; give it to {nameof(SearchManifest.ToOptions)}.");
    }

    /// <exception cref="InvalidOperationException">There is none, or the one given differs.</exception>
    public static SearchStrategy Find(JsonNode description, SearchStrategy? given)
    {
        if (given is not null)
        {
            var differences = Differences(description, given).ToArray();
            return differences.Length == 0 ? given : throw new InvalidOperationException($"The strategy given is not the manifest's:{Describe(differences)}");
        }
        return Made<SearchStrategy>(typeof(SearchStrategies), description).FirstOrDefault(strategy => !Differences(description, strategy).Any())
            ?? throw new InvalidOperationException($"The manifest's strategy '{description["name"]}' is not one that {nameof(SearchStrategies)} makes; give it to {nameof(SearchManifest.ToOptions)}.");
    }

    private static IEnumerable<string> Differences(JsonNode description, SearchStrategy strategy) =>
        JsonDifferences.Between(description, JsonNode.Parse(StudyDescription.Of(strategy).ToJsonString(StudyJson.Options)));

    /// <summary>What a class's factories make, with the options that the description holds where they take options.</summary>
    private static IEnumerable<T> Made<T>(Type factories, JsonNode description)
    {
        foreach (var method in factories.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(static method => typeof(T).IsAssignableFrom(method.ReturnType)))
        {
            object?[] arguments = [.. method.GetParameters().Select(parameter => Argument(parameter, description))];
            T made;
            try
            {
                made = (T)method.Invoke(null, arguments)!;
            }
            catch (Exception problem) when (problem is TargetInvocationException or ArgumentException)
            {
                // A factory that these arguments do not suit is not the one that is looked for.
                continue;
            }
            yield return made;
        }
    }

    private static object? Argument(ParameterInfo parameter, JsonNode description)
    {
        if (Nullable.GetUnderlyingType(parameter.ParameterType) is null && parameter.ParameterType is { IsClass: true } type && type.GetConstructor([]) is not null && Described(description, type.Name) is { } settings)
            return Read(type, settings);
        return parameter.HasDefaultValue ? parameter.DefaultValue : null;
    }

    private static object Read(Type type, JsonObject settings)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite))
            if (settings.TryGetPropertyValue(property.Name, out var value) && value is JsonValue) property.SetValue(options, value.Deserialize(property.PropertyType, StudyJson.Options));
        return options;
    }

    /// <summary>The first object in a description that is of a type.</summary>
    private static JsonObject? Described(JsonNode? node, string type) => node switch
    {
        JsonObject found when found["type"] is JsonValue name && name.ToString() == type => found,
        JsonObject parts => parts.Select(part => Described(part.Value, type)).FirstOrDefault(static found => found is not null),
        JsonArray items => items.Select(item => Described(item, type)).FirstOrDefault(static found => found is not null),
        _ => null,
    };

    private static string Describe(IEnumerable<string> differences) => string.Concat(differences.Take(8).Select(static difference => $"\n- {difference}"));
}
