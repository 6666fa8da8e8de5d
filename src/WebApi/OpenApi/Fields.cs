using System.Text.Json.Nodes;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The schema of each field, which is the same in every body that has the field.</summary>
internal static class Fields
{
    // A host that is null on creation is the caller; no other field that has to be there can be null.
    private static readonly HashSet<string> Clearable =
    [
        "host_name", "description", "signup_instructions", "location", "expected_duration_minutes", "max_players",
        "thumbnail_id", "banner_image_id", "next_cursor",
    ];

    public static OpenApiSchema InJson(string name, Type body)
    {
        var field = Of(name);
        if (Clearable.Contains(name) || (name == "host_id" && body == typeof(CreateGame)))
            field.Type |= JsonSchemaType.Null;
        return field;
    }

    /// <summary>As part of a form or of a query, where there is no null.</summary>
    public static OpenApiSchema Of(string name) => name switch
    {
        "id" => Uuid("The id of the game."),
        "guild_id" => DiscordId("The guild that the game belongs to."),
        "channel_id" => DiscordId("The channel that the game is announced in. It has to belong to the game's guild."),
        "host_id" => DiscordId(
            "The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user."),
        "host_name" => Text(
            "The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead.",
            GameDetails.HostNameMaxLength),
        "title" => Text("What is played; not only white space.", GameDetails.TitleMaxLength, minLength: 1, pattern: @"\S"),
        "description" => Text("What the game is about.", GameDetails.DescriptionMaxLength),
        "signup_instructions" => Text("How to sign up.", GameDetails.SignupInstructionsMaxLength),
        "location" => Text("Where to meet.", GameDetails.LocationMaxLength),
        "scheduled_at" => Time("When the game starts: RFC 3339, with an offset. Answers are in UTC."),
        "expected_duration_minutes" => Number("How long the game takes, in minutes."),
        "max_players" => Number("How many may play.", GameDetails.PlayersLimit),
        "status" => Status("Where the game stands."),
        "thumbnail_id" => Uuid("The image that is the game's thumbnail."),
        "banner_image_id" => Uuid("The image that is the game's banner."),
        "created_at" => Time("When the game was created, UTC."),
        "updated_at" => Time("When the game was last changed, UTC."),
        "remove_thumbnail" => Flag("Removes the thumbnail. Not together with a new one."),
        "remove_banner" => Flag("Removes the banner. Not together with a new one."),
        "thumbnail" => Picture("The new thumbnail."),
        "banner" => Picture("The new banner."),
        "text" => Text("A part of the title, in upper or lower case.", ListGames.TextMaxLength, minLength: 1),
        "limit" => Number("How many games a page has at most.", ListGames.MaxLimit, ListGames.DefaultLimit),
        "cursor" => Cursor("The next_cursor of the page before."),
        "next_cursor" => Cursor("Where the next page begins; null after the last."),
        "refine" => new OpenApiSchema
        {
            Type = JsonSchemaType.Boolean,
            Description = $"The search stopped after {ListGames.MaxSearched} games. Refine the text, or follow next_cursor to search on.",
        },
        _ => throw new InvalidOperationException($"The field {name} is not described."),
    };

    public static OpenApiSchema Picture(string description) =>
        Text(
            $"{description} PNG, JPEG, GIF or WebP, 5 MiB and 4096 pixels a side at most, unless the service is set otherwise.",
            format: "binary");

    private static OpenApiSchema DiscordId(string description) => Text(description, pattern: "^[1-9][0-9]{0,18}$");

    private static OpenApiSchema Uuid(string description) => Text(description, format: "uuid");

    private static OpenApiSchema Time(string description) => Text(description, format: "date-time");

    private static OpenApiSchema Cursor(string description) => Text(description, pattern: "^[A-Za-z0-9_-]+$");

    private static OpenApiSchema Status(string description)
    {
        var status = Text(description);
        status.Enum = [.. StatusNames.All.Select(name => (JsonNode)name)];
        return status;
    }

    private static OpenApiSchema Text(
        string description,
        int? maxLength = null,
        int? minLength = null,
        string? pattern = null,
        string? format = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = format,
            Pattern = pattern,
            MinLength = minLength,
            MaxLength = maxLength,
            Description = description,
        };

    private static OpenApiSchema Number(string description, int? maximum = null, int? byDefault = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = "1",
        Maximum = maximum?.ToString(),
        Default = byDefault,
        Description = description,
    };

    private static OpenApiSchema Flag(string description) =>
        new()
        {
            Type = JsonSchemaType.Boolean,
            Default = false,
            Description = description,
        };
}
