using GameImages.WebApi.Sessions;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>What pages ask about their session. These routes are no actions, and so not found by the framework.</summary>
internal static class SessionOperations
{
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(SessionServices.SessionScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = $"__Host-{SessionCookies.Name}",
            Description = "The session of a browser, which begins at /sign-in and ends with POST /sign-out. It does not count beside an Authorization header.",
        });

        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        var optional = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "uri-reference" };
        document.AddComponent(
            "SignInOptions",
            Object(
                "How one can sign in here.",
                ("discord", new() { Type = JsonSchemaType.Boolean, Description = "At /sign-in, with Discord." }),
                ("try_it", new() { Type = JsonSchemaType.Boolean, Description = "At /sign-in/try-it, as anybody, in development." })));
        document.AddComponent(
            "Session",
            Object(
                "Who is signed in.",
                ("user", Object("The caller.", ("id", text), ("name", text), ("avatar_url", optional))),
                (
                    "guilds",
                    new()
                    {
                        Type = JsonSchemaType.Array,
                        Description = "The caller's guilds, as Discord named them in the last 15 minutes.",
                        Items = Object("A guild.", ("id", text), ("name", text), ("icon_url", optional)),
                    }),
                (
                    "csrf_token",
                    new()
                    {
                        Type = JsonSchemaType.String,
                        Description = $"What {CsrfProtection.Header} has to be in requests that change something.",
                    }),
                (
                    "expires_at",
                    new()
                    {
                        Type = JsonSchemaType.String,
                        Format = "date-time",
                        Description = "When the session ends if it is not used, UTC.",
                    })));

        Add("/api/v1/sign-in-options", "getSignInOptions", "How can one sign in?", "For anybody.", Answer("The ways.", "SignInOptions"));
        Add(
            "/api/v1/session", "getSession", "Who is signed in?",
            "Looks up the guilds again if the last look-up is 15 minutes old.",
            Answer("The session of this browser.", "Session"), 401, 429);
        Add(
            "/api/v1/session/avatar", "getAvatar", "Fetch the caller's picture",
            "As Discord has it.",
            Picture("The picture."), 401, 404, 429);
        Add(
            "/api/v1/guilds/{id}/icon", "getGuildIcon", "Fetch the picture of a guild",
            "As Discord has it. The answer is 404 if the caller is not a member of the guild.",
            Picture("The picture."), 401, 404, 429);

        void Add(string path, string id, string summary, string description, OpenApiResponse answer, params int[] problems)
        {
            var operation = new OpenApiOperation
            {
                Tags = new HashSet<OpenApiTagReference> { new("Sessions", document) },
                OperationId = id,
                Summary = summary,
                Description = description,
                Responses = new() { ["200"] = answer },
            };

            if (problems.Contains(401))
                operation.Security = [new() { [new OpenApiSecuritySchemeReference(SessionServices.SessionScheme, document)] = [] }];
            if (path.Contains("{id}", StringComparison.Ordinal))
                operation.Parameters =
                [
                    new OpenApiParameter
                    {
                        Name = "id",
                        In = ParameterLocation.Path,
                        Required = true,
                        Description = "The id of the guild.",
                        Schema = Fields.Of("guild_id"),
                    },
                ];

            Problems.AddTo(operation, problems.Where(status => status != 404).Append(500), document);
            if (problems.Contains(404))
                operation.Responses["404"] = Problems.Other(
                    404,
                    "There is no picture, or it is not the caller's to see.",
                    path.Replace("{id}", "42"),
                    document);

            document.Paths.Add(path, new OpenApiPathItem { Operations = new() { [HttpMethod.Get] = operation } });
        }

        OpenApiResponse Answer(string description, string schema) => new()
        {
            Description = description,
            Headers = Headers.Response(document, ["AnswerNotKept"]),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = Examples.Body(schema, document) },
        };

        OpenApiResponse Picture(string description) => new()
        {
            Description = description,
            Headers = Headers.Response(document, ["PictureCacheControl"]),
            Content = Examples.Picture(description, document),
        };
    }

    private static OpenApiSchema Object(string description, params (string Name, OpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = new HashSet<string>(fields.Select(field => field.Name)),
        Properties = fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)field.Schema),
    };
}
