using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The schemas of the bodies of errors.</summary>
internal static class ProblemSchemas
{
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent("Problem", Create("An error."));
        var errors = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The reasons, by the name of the field.",
            AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
        document.AddComponent("ValidationProblem", Create("The fields that are not valid, and the reasons.", ("errors", errors)));
    }

    private static OpenApiSchema Create(string description, params (string Name, OpenApiSchema Schema)[] more)
    {
        var status = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Description = "The status code of the response.",
        };
        var code = Text("Distinguishes errors with the same status that a page has to treat differently.");
        code.Enum = ["csrf", "session_ended"];
        var quota = Text("The quota that the request would exceed.");
        quota.Enum = ["guild_bytes", "guild_images", "guild_games", "unused_uploads", "upload_rate"];
        var instance = Text("The path of the request.");
        instance.Format = "uri-reference";

        (string Name, OpenApiSchema Schema)[] properties =
        [
            ("title", Text("The kind of the error.")),
            ("status", status),
            ("detail", Text("The reason of this error.")),
            ("code", code),
            ("quota", quota),
            ("limit", Number("The limit of the quota.")),
            ("use", Number("What was in use before the request.")),
            ("trace_id", Text("The id under which the operators find the reason of a failure in the log of the service.")),
            ("instance", instance),
            .. more,
        ];
        return new()
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Required = new HashSet<string>(["title", "status", "instance", .. more.Select(field => field.Name)]),
            Properties = properties.ToDictionary(field => field.Name, field => (IOpenApiSchema)field.Schema),
        };
    }

    private static OpenApiSchema Number(string description) =>
        new() { Type = JsonSchemaType.Integer, Format = "int64", Description = description };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
