using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The health checks, which are no actions and so not found by the framework.</summary>
internal static class HealthOperations
{
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(
            "Health",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "How the service is.",
                Required = new HashSet<string> { "status", "detail" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["status"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["healthy", "degraded", "unhealthy"] },
                    ["detail"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String | JsonSchemaType.Null,
                        Description = "What was found, in words.",
                    },
                },
            });

        Add(
            "live",
            "getLiveness",
            "Is the process alive?",
            "Looks at nothing but the process.",
            new() { ["200"] = Answer("It answers.", "Alive") });
        Add(
            "ready",
            "getReadiness",
            "Can the service serve?",
            "Asks the database for the version of its schema.",
            new()
            {
                ["200"] = Answer("The database answers and has the right schema.", "Ready"),
                ["503"] = Answer("It does not, or has not.", "NotReady", "RetryAfter"),
            });

        void Add(string check, string id, string summary, string description, OpenApiResponses responses)
        {
            var operation = new OpenApiOperation
            {
                Tags = new HashSet<OpenApiTagReference> { new("Health", document) },
                OperationId = id,
                Summary = summary,
                Description = description,
                Responses = responses,
            };
            document.Paths.Add($"/health/{check}", new OpenApiPathItem { Operations = new() { [HttpMethod.Get] = operation } });
        }

        OpenApiResponse Answer(string description, string example, params string[] headers) => new()
        {
            Description = description,
            Headers = Headers.Response(document, ["NotKept", .. headers]),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = Examples.Body("Health", document, example) },
        };
    }
}
