using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The errors (RFC 9457): each described once for games, and once for images, where every page may read them.</summary>
internal static class Problems
{
    private const string Game = "6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60";
    private const string Image = "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01";
    private const string Unavailable = "The database cannot serve this now. Nothing was changed; try again.";
    private const string Refused = "The image is refused.";

    private static readonly Dictionary<int, Description> OfGames = new()
    {
        [400] = new("The request is malformed, or fields of it are not valid, or a session changes something without its X-CSRF-Token (code csrf).", "The body is not valid JSON, or names a field twice."),
        [401] = new("There is no bearer token and no session, or not a good one (code session_ended)."),
        [403] = new("The caller is not a member of the guild, or may not name this host.", "You are not a member of guild 43."),
        [404] = new("There is no such game in the caller's guilds.", $"There is no game {Game}."),
        [408] = new("The body did not arrive in time, or it was slow while others waited for memory.", "An upload may take 2 minutes."),
        [412] = new(
            "The game has none of the versions that If-Match names.",
            $"Game {Game} was changed since the version that the request expects."),
        [413] = new("A picture or the text is too long.", "An image has at most 5242880 bytes.", Refused),
        [415] = new("A picture is of another type, or the body is.", "The bytes are none of PNG, JPEG, GIF and WebP.", Refused),
        [422] = new("A picture is empty, broken or too large, or the channel belongs to another guild.", "The image is empty.", Refused),
        [451] = new(
            "A picture may not be stored: the operators have blocked it.",
            "The operators of this service have blocked this picture.",
            Refused),
        [429] = new(
            "The caller sent more requests than a window allows, or too many lists, searches or uploads at once.",
            "You sent too many requests. The next one will be answered in 12 seconds."),
        [500] = new("The service failed.", "The service failed; its operators find out more in the log."),
        [503] = new(
            "The database cannot serve now, a list took longer than 2 seconds, or too much is being uploaded at once. "
                + "Nothing was changed, unless the detail says that a change may have been made.",
            Unavailable),
    };

    private static readonly Dictionary<int, Description> OfImages = new()
    {
        [404] = new("There is no such image, or not with this extension.", $"There is no image {Image}."),
        [412] = new("The image is not the one that If-Match asks for."),
        [416] = new("The image ends before the range begins."),
        [429] = new(
            "The client has used up the requests of a window.",
            "Too many images were requested from this address. The next one will be answered in 12 seconds."),
        [500] = OfGames[500],
        [503] = new("The database cannot serve now.", Unavailable),
    };

    public static void AddTo(OpenApiOperation operation, IEnumerable<int> statuses, OpenApiDocument document, bool ofImage = false)
    {
        foreach (var status in statuses.Order())
            operation.Responses![$"{status}"] = new OpenApiResponseReference(Name(status, ofImage), document);
    }

    /// <returns>The same error for another reason.</returns>
    public static OpenApiResponse Other(int status, string when, string path, OpenApiDocument document) =>
        Response(status, new(when), path, [], document);

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent("Problem", Schema("What went wrong."));
        document.AddComponent(
            "ValidationProblem",
            Schema(
                "Which fields are not valid, and why.",
                (
                    "errors",
                    new()
                    {
                        Type = JsonSchemaType.Object,
                        Description = "Sentences by the name of the field.",
                        AdditionalProperties = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = new OpenApiSchema { Type = JsonSchemaType.String },
                        },
                    })));

        foreach (var (status, problem) in OfGames)
            document.AddComponent(Name(status, ofImage: false), Response(status, problem, $"/api/v1/games/{Game}", [], document));

        foreach (var (status, problem) in OfImages)
        {
            // The framework sets these headers before it evaluates the conditions.
            string[] ofImage = status switch { 412 => ["ImageETag"], 416 => ["ImageETag", "AcceptRanges"], _ => [] };
            document.AddComponent(
                Name(status, ofImage: true),
                Response(status, problem, $"/api/v1/public/images/{Image}", [.. ofImage, .. Headers.OfPublicRoute], document));
        }
    }

    private static string Name(int status, bool ofImage) =>
        $"{(ofImage ? "Image" : "")}{ReasonPhrases.GetReasonPhrase(status).Replace(" ", "")}";

    private static OpenApiResponse Response(int status, Description problem, string path, string[] headers, OpenApiDocument document)
    {
        string[] own = status switch { 401 => ["Authenticate"], 416 => ["UnsatisfiedRange"], 429 or 503 => ["RetryAfter"], _ => [] };
        var content = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference("Problem", document),
            Examples = new Dictionary<string, IOpenApiExample> { ["problem"] = Example(problem.Title, status, problem.Detail, path) },
        };

        (string Name, string Error)? field = status switch
        {
            400 => ("title", "A title is required."),
            422 => ("channel_id", "Channel 1153029748217741432 belongs to another guild."),
            _ => null,
        };

        if (field is { } invalid)
        {
            content.Schema = new OpenApiSchema { AnyOf = [new OpenApiSchemaReference("ValidationProblem", document), content.Schema] };
            content.Examples["fields"] = Example(
                "Some fields are not valid.", status, null, path, new() { [invalid.Name] = new JsonArray(invalid.Error) });
        }

        return new()
        {
            Description = problem.When,
            Headers = Headers.Response(document, ["NoStore", .. own, .. headers]),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = content },
        };
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

    private static OpenApiSchema Schema(string description, params (string Name, OpenApiSchema Schema)[] more) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Required = new HashSet<string>(["title", "status", "instance", .. more.Select(field => field.Name)]),
            Properties = new[]
            {
                ("title", new() { Type = JsonSchemaType.String, Description = "What kind of error it is." }),
                (
                    "status",
                    new()
                    {
                        Type = JsonSchemaType.Integer,
                        Format = "int32",
                        Description = "The status code of the answer.",
                    }),
                ("detail", new() { Type = JsonSchemaType.String, Description = "What went wrong this time." }),
                (
                    "code",
                    new()
                    {
                        Type = JsonSchemaType.String,
                        Description = "Which of several errors of this status it is, where a page has to know.",
                        Enum = ["csrf", "session_ended"],
                    }),
                (
                    "trace_id",
                    new()
                    {
                        Type = JsonSchemaType.String,
                        Description =
                            "The id under which the log of the service has the reason of a failure. Operators can search for it.",
                    }),
                (
                    "instance",
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Format = "uri-reference",
                        Description = "The path of the request.",
                    }),
            }.Concat(more).ToDictionary(field => field.Item1, field => (IOpenApiSchema)field.Item2),
        };

    private sealed record Description(string When, string? Detail = null, string? Title = null);
}
