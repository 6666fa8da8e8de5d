using GameImages.Application.Games;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The bodies under the names that clients read. Which fields there are comes from the types, what is in them from <see cref="Fields"/>.</summary>
internal static class Schemas
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(GameResponse)] = "Game",
        [typeof(GamePage)] = "GamePage",
        [typeof(CreateGame)] = "CreateGame",
        [typeof(UpdateGame)] = "UpdateGame",
    };

    private static readonly Dictionary<Type, HashSet<string>> Required = new()
    {
        [typeof(CreateGame)] = ["guild_id", "channel_id", "title", "scheduled_at"],
        [typeof(UpdateGame)] = [],
    };

    /// <returns>Null for values, which are described where they are used.</returns>
    public static string? Name(Type type) => Names.GetValueOrDefault(type);

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;

        if (!Names.ContainsKey(type))
            return Task.CompletedTask;

        foreach (var name in schema.Properties!.Keys.Where(name => name != "items").ToList())
            schema.Properties[name] = Fields.InJson(name, type);

        if (Required.TryGetValue(type, out var required))
            (schema.Required, schema.AdditionalPropertiesAllowed) = (required, false);

        return Task.CompletedTask;
    }

    /// <returns>The same fields as text, and the two files.</returns>
    public static OpenApiSchema Form(OpenApiSchema json) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = $"{json.Description} In a form, a text that is empty stands for null.",
            Properties = json.Properties!.Keys.Append("thumbnail")
                .Append("banner")
                .ToDictionary(name => name, name => (IOpenApiSchema)Field(name)),
            Required = json.Required,
            AdditionalPropertiesAllowed = false,
        };

    // The page to try it fills a form in with the examples of its fields.
    private static OpenApiSchema Field(string name)
    {
        var field = Fields.Of(name);
        field.Examples = Examples.OfGame(name) is { } example ? [example] : null;
        return field;
    }
}
