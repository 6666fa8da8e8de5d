using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>One example of every body that is not an error.</summary>
internal static class Examples
{
    private const string Game = $$"""
        {
          "id": "6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60",
          "guild_id": "42",
          "channel_id": "1153029748217741432",
          "host_id": "80351110224678912",
          "host_name": "Ada",
          "title": "Dune: Imperium",
          "description": "The base game, for four. Newcomers are welcome.",
          "signup_instructions": "React with a die.",
          "location": "Table 3, or the voice channel",
          "scheduled_at": "2026-02-07T19:30:00Z",
          "expected_duration_minutes": 150,
          "max_players": 4,
          "status": "scheduled",
          "thumbnail_id": "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01",
          "banner_image_id": null,
          "thumbnail": {{ImageExamples.Shown}},
          "banner": null,
          "thumbnail_alt": "Four spice harvesters on a desert of wooden hexagons",
          "banner_alt": null,
          "created_at": "2026-01-31T18:02:11.508213Z",
          "updated_at": "2026-01-31T18:02:11.508213Z"
        }
        """;

    private const string CreateGame = """
        {
          "guild_id": "42",
          "channel_id": "1153029748217741432",
          "title": "Dune: Imperium",
          "description": "The base game, for four. Newcomers are welcome.",
          "signup_instructions": "React with a die.",
          "location": "Table 3, or the voice channel",
          "scheduled_at": "2026-02-07T20:30:00+01:00",
          "expected_duration_minutes": 150,
          "max_players": 4
        }
        """;

    private static readonly Dictionary<string, string> Json = new()
    {
        ["Game"] = Game,
        ["GamePage"] =
            $$"""
            {
              "items": [{{Game}}],
              "next_cursor": "NjM5MDYwMDEwMDAwMDAwMDAwXzZhMWYwYzUyOTNkNDRlMGI4YTI3MWM5ZDVlM2Y3YjYw",
              "refine": false
            }
            """,
        ["CreateGame"] = CreateGame,
        ["CreateGameForm"] = CreateGame,
        ["UpdateGame"] =
            """
            {
              "scheduled_at": "2026-02-07T20:00:00Z",
              "max_players": 6,
              "location": null,
              "status": "in_progress",
              "remove_banner": true
            }
            """,
        ["UpdateGameForm"] = """{ "title": "Dune: Imperium, with Uprising", "max_players": 6, "remove_banner": true }""",
        ["SignInOptions"] = """{ "discord": true, "try_it": false }""",
        ["Session"] = """
            {
              "user": { "id": "80351110224678912", "name": "Ada", "avatar_url": "/api/v1/session/avatar" },
              "guilds": [{ "id": "42", "name": "Board gamers", "icon_url": null }],
              "csrf_token": "CfDJ8…",
              "expires_at": "2026-02-14T19:30:00Z"
            }
            """,
        ["Alive"] = """{ "status": "healthy", "detail": null }""",
        ["Ready"] = """{ "status": "healthy", "detail": "Schema version 2." }""",
        ["NotReady"] = """{ "status": "unhealthy", "detail": "The database is unavailable." }""",
    };

    // Each image is one grey pixel.
    private static readonly Dictionary<string, string> Images = new()
    {
        ["image/png"] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
        ["image/jpeg"] =
            "/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////"
            + "wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z",
        ["image/gif"] = "R0lGODlhAQABAIAAAICAgAAAACwAAAAAAQABAAACAkQBADs=",
        ["image/webp"] = "UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAdQwAIWsP+BiOh/AAA=",
    };

    /// <returns>
    /// An example of one field. Null if a game has no such field, or if the field is empty. The example host is user 7, because the
    /// service prints a token of user 7 in Development, and a caller may not name another host.
    /// </returns>
    public static JsonNode? OfGame(string field) => field == "host_id" ? "7" : JsonNode.Parse(Game)![field]?.DeepClone();

    public static OpenApiMediaType Body(string schema, OpenApiDocument document, string? example = null) => new()
    {
        Schema = new OpenApiSchemaReference(schema, document),
        Examples = new Dictionary<string, IOpenApiExample> { ["example"] = new OpenApiExampleReference(example ?? schema, document) },
    };

    /// <returns>The image as the whole body, in each of the formats.</returns>
    public static Dictionary<string, OpenApiMediaType> Image(string description, OpenApiDocument document) =>
        Images.Keys.ToDictionary(type => type, type => new OpenApiMediaType
        {
            Schema = FieldSchemas.Image(description),
            Examples = new Dictionary<string, IOpenApiExample> { ["example"] = new OpenApiExampleReference(Key(type), document) },
        });

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (name, json) in Json.Concat(ImageExamples.Json))
            document.AddComponent(name, new OpenApiExample { Value = JsonNode.Parse(json) });

        foreach (var (type, bytes) in Images)
            document.AddComponent(Key(type), new OpenApiExample { Summary = "One pixel", ExternalValue = $"data:{type};base64,{bytes}" });
    }

    private static string Key(string type) => type.Replace('/', '.');
}
