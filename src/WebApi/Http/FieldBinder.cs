using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Application;
using GameImages.Domain.Games;

namespace GameImages.WebApi.Http;

/// <summary>Creates a command or query from named fields. They may come from JSON, a form or a query.</summary>
internal static class FieldBinder
{
    /// <inheritdoc cref="Bind{T}" path="/exception"/>
    public static T BindQuery<T>(HttpRequest request) => Bind<T>(QueryFields(request), ApiJson.Form);

    public static JsonObject QueryFields(HttpRequest request) =>
        new(request.Query.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));

    /// <exception cref="InvalidFieldsException">Fields are unknown or of the wrong type. The exception names each of them.</exception>
    public static T Bind<T>(JsonObject fields, JsonSerializerOptions options)
    {
        var known = options
            .GetTypeInfo(typeof(T))
            .Properties.Where(property => property.Set is not null)
            .ToDictionary(property => property.Name);
        var failures = new Dictionary<string, string[]>();

        foreach (var (name, value) in fields)
        {
            if (!known.TryGetValue(name, out var property))
                failures.Add(name, ["There is no such field."]);
            else if (!CanRead(value, property.PropertyType, options))
                failures.Add(name, [$"Expected {Expected(property.PropertyType)}."]);
        }

        return failures.Count == 0 ? fields.Deserialize<T>(options)! : throw new InvalidFieldsException(failures);
    }

    private static bool CanRead(JsonNode? value, Type type, JsonSerializerOptions options)
    {
        try
        {
            value.Deserialize(type, options);
            return true;
        }
        // Text with an escaped half of a surrogate pair throws the InvalidOperationException.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Expected(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OptionalField<>))
            type = type.GetGenericArguments()[0];

        return (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(Snowflake) => "a Discord id, a string of digits",
            var t when t == typeof(Guid) => "an id, such as 3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01",
            var t when t == typeof(DateTime) => "a time with its offset, such as 2026-02-07T19:30:00Z",
            var t when t == typeof(int) => "a whole number",
            var t when t == typeof(bool) => "true or false",
            var t when t == typeof(GameStatus) => $"one of {string.Join(", ", StatusNames.All)}",
            var t when t == typeof(PageCursor) => "the next_cursor of an earlier page",
            _ => "text",
        };
    }
}
