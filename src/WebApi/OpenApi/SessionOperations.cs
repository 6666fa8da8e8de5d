using GameImages.Application.Images;
using GameImages.WebApi.Sessions;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>
/// Describes the routes that tell a page about its session. The framework does not find them, because they are not actions.
/// </summary>
internal static class SessionOperations
{
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(SessionServices.SessionScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = $"__Host-{SessionCookies.Name}",
            Description =
                "The session of a browser. It begins at /sign-in and ends with POST /sign-out. "
                + "It is ignored in a request with an Authorization header.",
        });

        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        var optional = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "uri-reference" };
        document.AddComponent(
            "SignInOptions",
            Object(
                "The ways to sign in.",
                ("discord", new() { Type = JsonSchemaType.Boolean, Description = "Whether users can sign in with Discord, at /sign-in." }),
                (
                    "try_it",
                    new()
                    {
                        Type = JsonSchemaType.Boolean,
                        Description = "Whether users can sign in as any user, at /sign-in/try-it. It is possible in Development only.",
                    })));
        document.AddComponent(
            "Session",
            Object(
                "The session of the caller.",
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
                        Description = $"The value of {CsrfProtection.Header} in requests that change something.",
                    }),
                (
                    "expires_at",
                    new()
                    {
                        Type = JsonSchemaType.String,
                        Format = "date-time",
                        Description = "When the session ends if it is not used, in UTC.",
                    })));

        Add(
            "/api/v1/sign-in-options", "getSignInOptions", "How can users sign in?", "Needs no credentials.",
            Response("The ways to sign in.", "SignInOptions"), 429);
        Add(
            "/api/v1/session", "getSession", "Who is signed in?",
            "Requests the guilds from Discord if the last request is 15 minutes old.",
            Response("The session of this browser.", "Session"), 401, 429);
        Add(
            "/api/v1/session/avatar", "getAvatar", "Fetch the caller's avatar",
            "The service fetches the avatar from Discord.",
            Image("The avatar."), 401, 404, 429);
        Add(
            "/api/v1/guilds/{id}/icon", "getGuildIcon", "Fetch the icon of a guild",
            "The service fetches the icon from Discord. The response is 404 if the caller is not a member of the guild.",
            Image("The icon."), 401, 404, 429);

        void Add(string path, string id, string summary, string description, OpenApiResponse response, params int[] problems)
        {
            var operation = new OpenApiOperation
            {
                Tags = new HashSet<OpenApiTagReference> { new("Sessions", document) },
                OperationId = id,
                Summary = summary,
                Description = description,
                Responses = new() { ["200"] = response },
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
                        Schema = FieldSchemas.Of("guild_id", typeof(GuildUsage)),
                    },
                ];

            Problems.AddTo(operation, problems.Where(status => status != 404).Append(500), document);
            if (problems.Contains(404))
                operation.Responses["404"] = Problems.Other(
                    404,
                    "There is no such image, or the caller may not see it.",
                    path.Replace("{id}", "42"),
                    document);

            document.Paths.Add(path, new OpenApiPathItem { Operations = new() { [HttpMethod.Get] = operation } });
        }

        OpenApiResponse Response(string description, string schema) => new()
        {
            Description = description,
            Headers = ApiHeaders.Response(document, ["AnswerNotKept"]),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = Examples.Body(schema, document) },
        };

        OpenApiResponse Image(string description) => new()
        {
            Description = description,
            Headers = ApiHeaders.Response(document, ["PictureCacheControl"]),
            Content = Examples.Image(description, document),
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
