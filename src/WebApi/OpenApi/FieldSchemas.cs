using System.Text.Json.Nodes;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.WebApi.Http;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The schema of each field, which is the same in every body that has the field.</summary>
internal static class FieldSchemas
{
    // A new game whose host is null gets the caller as its host. No other required field can be null.
    private static readonly HashSet<string> Clearable =
    [
        "host_name", "description", "signup_instructions", "location", "expected_duration_minutes", "max_players",
        "thumbnail_id", "banner_image_id", "thumbnail_alt", "banner_alt", "next_cursor", "width", "height", "expires_at", "alt",
        "placeholder",
    ];

    public static OpenApiSchema InJson(string name, Type body)
    {
        var field = Of(name, body);
        var isClearable = Clearable.Contains(name) && body != typeof(ImageUpload) && body != typeof(ShownVariant);
        if (isClearable || (name == "host_id" && body == typeof(CreateGame)))
            field.Type |= JsonSchemaType.Null;
        return field;
    }

    /// <summary>The schema of a field in a form or a query, which have no null.</summary>
    public static OpenApiSchema Of(string name, Type body) => ImageFieldSchemas.Of(name, body) ?? OfGames(name);

    private static OpenApiSchema OfGames(string name) => name switch
    {
        "id" => Uuid("The id of the game."),
        "guild_id" => DiscordId("The guild that the game belongs to."),
        "channel_id" => DiscordId("The channel in which the game is announced. It has to belong to the game's guild."),
        "host_id" => DiscordId(
            "The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user."),
        "host_name" => Text(
            "The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead.",
            GameDetails.HostNameMaxLength),
        "title" => Text(
            "The title of the game. At least one character must be visible.", GameDetails.TitleMaxLength, minLength: 1, pattern: @"\S"),
        "description" => Text("A description of the game.", GameDetails.DescriptionMaxLength),
        "signup_instructions" => Text("How players sign up.", GameDetails.SignupInstructionsMaxLength),
        "location" => Text("Where the players meet.", GameDetails.LocationMaxLength),
        "scheduled_at" => Time("When the game starts (RFC 3339, with an offset). Responses are in UTC."),
        "expected_duration_minutes" => Number("How long the game takes, in minutes."),
        "max_players" => Number("The maximum number of players.", GameDetails.PlayersLimit),
        "status" => Status("The status of the game."),
        "thumbnail_id" => Uuid("The id of the thumbnail: an upload of the caller, or an image of a game of the caller's guilds."),
        "banner_image_id" => Uuid("The id of the banner: an upload of the caller, or an image of a game of the caller's guilds."),
        "thumbnail_alt" => Text(
            "What the thumbnail shows, for people who do not see it. A new thumbnail does not keep the text of the old one.",
            GameDetails.AltMaxLength),
        "banner_alt" => Text(
            "What the banner shows, for people who do not see it. A new banner does not keep the text of the old one.",
            GameDetails.AltMaxLength),
        "created_at" => Time("When the game was created, UTC."),
        "updated_at" => Time("When the game was last changed, UTC."),
        "remove_thumbnail" => Flag("Removes the thumbnail. It cannot be combined with a new one."),
        "remove_banner" => Flag("Removes the banner. It cannot be combined with a new one."),
        "image" => Image("The image."),
        "thumbnail" => Image("The new thumbnail."),
        "banner" => Image("The new banner."),
        "text" => Text(
            "A part of the title, in any spelling that looks the same, and in upper or lower case. "
            + "At least one character must be visible. Spaces around the text are ignored.",
            ListGames.TextMaxLength, minLength: 1, pattern: @"\S"),
        "limit" => Number("The maximum number of games in a page.", ListGames.MaxLimit, ListGames.DefaultLimit),
        "cursor" => Cursor("The next_cursor of the previous page."),
        "next_cursor" => Cursor("The cursor of the next page; null if there are no more pages."),
        "refine" => new OpenApiSchema
        {
            Type = JsonSchemaType.Boolean,
            Description = $"The search stopped after {ListGames.MaxSearched} games. Refine the text, or follow next_cursor to search on.",
        },
        _ => throw new InvalidOperationException($"The field {name} is not described."),
    };

    public static OpenApiSchema Image(string description) =>
        Text(
            $"{description} PNG, JPEG, GIF or WebP. By default, at most 5 MiB, and 4096 pixels wide and high.",
            format: "binary");

    internal static OpenApiSchema DiscordId(string description) => Text(description, pattern: "^[1-9][0-9]{0,18}$");

    internal static OpenApiSchema Uuid(string description) => Text(description, format: "uuid");

    internal static OpenApiSchema Time(string description) => Text(description, format: "date-time");

    private static OpenApiSchema Cursor(string description) => Text(description, pattern: "^[A-Za-z0-9_-]+$");

    private static OpenApiSchema Status(string description)
    {
        var status = Text(description);
        status.Enum = [.. StatusNames.All.Select(name => (JsonNode)name)];
        return status;
    }

    internal static OpenApiSchema Text(
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

    internal static OpenApiSchema Number(string description, int? maximum = null, int? byDefault = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = "1",
        Maximum = maximum?.ToString(),
        Default = byDefault,
        Description = description,
    };

    internal static OpenApiSchema Count(string description) =>
        new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0", Description = description };

    private static OpenApiSchema Flag(string description) =>
        new()
        {
            Type = JsonSchemaType.Boolean,
            Default = false,
            Description = description,
        };
}
