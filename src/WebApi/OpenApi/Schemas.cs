using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>
/// The schemas of bodies, by the names that clients read. The types define which fields there are, and <see cref="FieldSchemas"/>
/// describes the fields.
/// </summary>
internal static class Schemas
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(GameResponse)] = "Game",
        [typeof(GamePage)] = "GamePage",
        [typeof(ShownImage)] = "ShownImage",
        [typeof(ShownVariant)] = "ImageVariant",
        [typeof(CreateGame)] = "CreateGame",
        [typeof(UpdateGame)] = "UpdateGame",
        [typeof(UploadFields)] = "UploadImage",
        [typeof(ImageUpload)] = "ImageUpload",
        [typeof(ImagePage)] = "ImagePage",
        [typeof(LibraryImage)] = "LibraryImage",
        [typeof(GuildUsage)] = "GuildUsage",
        [typeof(QuotaUse)] = "QuotaUse",
    };

    private static readonly Dictionary<Type, HashSet<string>> Required = new()
    {
        [typeof(CreateGame)] = ["guild_id", "channel_id", "title", "scheduled_at"],
        [typeof(UpdateGame)] = [],
    };

    /// <returns>Null for the type of a value. The schemas that use the value describe it.</returns>
    public static string? Name(Type type) => Names.GetValueOrDefault(type);

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;

        if (!Names.ContainsKey(type))
            return Task.CompletedTask;

        foreach (var name in schema.Properties!.Keys.Where(name => !(name == "items" || IsObject(type, name))).ToList())
            schema.Properties[name] = FieldSchemas.InJson(name, type);

        if (Required.TryGetValue(type, out var required))
        {
            schema.Required = required;
            schema.AdditionalPropertiesAllowed = false;
        }
        else if (type == typeof(GameResponse) || type == typeof(LibraryImage))
        {
            // The framework takes only the parameters of constructors and the members with "required".
            schema.Required = schema.Properties.Keys.ToHashSet();
            if (type == typeof(LibraryImage))
                ((OpenApiSchema)schema.Properties["variants"]).Type = JsonSchemaType.Array;
        }

        return Task.CompletedTask;
    }

    /// <returns>The schema of a form with the same fields as text, and files.</returns>
    public static OpenApiSchema Form(OpenApiSchema json, Type fields, params string[] files) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = $"{json.Description} In a form, an empty text means null.",
            Properties = json.Properties!.Keys.Concat(files)
                .ToDictionary(name => name, name => (IOpenApiSchema)Field(name, fields)),
            Required = json.Required,
            AdditionalPropertiesAllowed = false,
        };

    private static bool IsObject(Type type, string name) => name switch
    {
        "thumbnail" or "banner" => type == typeof(GameResponse),
        "variants" => true,
        _ => type == typeof(GuildUsage) && name != "guild_id",
    };

    // The page to try the API fills in a form with the examples of its fields.
    private static OpenApiSchema Field(string name, Type fields)
    {
        var field = FieldSchemas.Of(name, fields);
        field.Examples = Examples.OfGame(name) is { } example ? [example] : null;
        return field;
    }
}
