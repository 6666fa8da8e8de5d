using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>Creates the responses for errors, with examples.</summary>
internal static class ProblemResponses
{
    /// <param name="hasFields">Whether a 400 or 422 may name fields that are not valid.</param>
    public static OpenApiResponse Create(
        int status, ProblemText text, string path, string[] headers, OpenApiDocument document, bool hasFields = true)
    {
        string[] own = status switch
        {
            401 => ["Authenticate"],
            415 => ["AcceptEncoding"],
            416 => ["UnsatisfiedRange"],
            409 or 503 => ["RetryAfter"],
            429 => ["RetryAfterRate"],
            _ => [],
        };
        return new()
        {
            Description = text.When,
            Headers = ApiHeaders.Response(document, ["NoStore", .. own, .. headers]),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = Body(status, text, path, document, hasFields),
            },
        };
    }

    private static OpenApiMediaType Body(int status, ProblemText text, string path, OpenApiDocument document, bool hasFields)
    {
        var body = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference("Problem", document),
            Examples = new Dictionary<string, IOpenApiExample> { ["problem"] = Example(text.Title, status, text.Detail, path) },
        };

        (string Name, string Error)? field = status switch
        {
            400 => ("title", "A title is required."),
            422 => ("channel_id", "Channel 1153029748217741432 belongs to another guild."),
            _ => null,
        };

        if (hasFields && field is { } invalid)
        {
            body.Schema = new OpenApiSchema { AnyOf = [new OpenApiSchemaReference("ValidationProblem", document), body.Schema] };
            body.Examples["fields"] = Example(
                "Some fields are not valid.", status, null, path, new() { [invalid.Name] = new JsonArray(invalid.Error) });
        }

        return body;
    }

    private static OpenApiExample Example(string? title, int status, string? detail, string path, JsonObject? errors = null)
    {
        var problem = new JsonObject { ["title"] = title ?? ReasonPhrases.GetReasonPhrase(status), ["status"] = status };
        if (detail is not null)
            problem.Add("detail", detail);
        problem.Add("instance", path);
        if (errors is not null)
            problem.Add("errors", errors);

        return new() { Value = problem };
    }
}
