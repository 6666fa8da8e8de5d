using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>Describes the health checks. The framework does not find them, because they are not actions.</summary>
internal static class HealthOperations
{
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(
            "Health",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The health of the service.",
                Required = new HashSet<string> { "status", "detail" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["status"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["healthy", "degraded", "unhealthy"] },
                    ["detail"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String | JsonSchemaType.Null,
                        Description = "The result of the check, in words.",
                    },
                },
            });

        Add(
            "live",
            "getLiveness",
            "Is the process alive?",
            "Succeeds while the process responds. It does not check the database.",
            new() { ["200"] = Response("The process responds.", "Alive") });
        Add(
            "ready",
            "getReadiness",
            "Is the service ready?",
            "Checks that the database responds and that its schema has the right version.",
            new()
            {
                ["200"] = Response("The database responds, and its schema has the right version.", "Ready"),
                ["503"] = Response("The database does not respond, or its schema has another version.", "NotReady", "RetryAfter"),
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
            // The requests of a user count, wherever they go.
            Problems.AddTo(operation, [429], document);
            document.Paths.Add($"/health/{check}", new OpenApiPathItem { Operations = new() { [HttpMethod.Get] = operation } });
        }

        OpenApiResponse Response(string description, string example, params string[] headers) => new()
        {
            Description = description,
            Headers = ApiHeaders.Response(document, ["NotKept", .. headers]),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = Examples.Body("Health", document, example) },
        };
    }
}
