using GameImages.Application.Games;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Bot.Tests.Announcements;

/// <summary>Games for tests, and their messages.</summary>
internal static class Announced
{
    public static readonly Guid ThumbnailId = new("3f1b6f0e-6a52-4d0f-9a55-8f1f6a1f2c01");
    public static readonly Guid BannerImageId = new("b7a1c9d2-0e43-4c7b-8a6e-2d5c7e9f0b02");

    /// <summary>A game with the required values only.</summary>
    public static readonly GameResponse Game = new()
    {
        Id = new("0c3e8f5a-9b1d-4e2f-8a7c-6d5b4a392817"),
        GuildId = new(81384788765712384),
        ChannelId = new(381870553235193857),
        HostId = new(80351110224678912),
        HostName = null,
        Title = "Curse of Strahd",
        Description = null,
        SignupInstructions = null,
        Location = null,
        ScheduledAt = new(2026, 12, 4, 19, 30, 0, DateTimeKind.Utc),
        ExpectedDurationMinutes = null,
        MaxPlayers = null,
        Status = GameStatus.Scheduled,
        ThumbnailId = null,
        BannerImageId = null,
        CreatedAt = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc),
        UpdatedAt = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc),
    };

    public static readonly GameResponse FullGame = Game with
    {
        HostName = "mara",
        Description = "You wake in the mist.\n\nCharacters of level 3, see https://example.org/curse_of_strahd/session_0.",
        SignupInstructions = "Send your character to the host, then react below.",
        Location = "Voice channel \"Table 1\"",
        ExpectedDurationMinutes = 150,
        MaxPlayers = 5,
        ThumbnailId = ThumbnailId,
        BannerImageId = BannerImageId,
    };

    public static DiscordMessage Message(
        GameResponse game,
        ImageFormat? thumbnail = null,
        ImageFormat? banner = null,
        string baseUrl = "https://games.example.org") =>
        new AnnouncementFormatter(new Uri(baseUrl)).Format(new(game, thumbnail, banner));

    public static Embed Embed(GameResponse game) => Message(game).Embeds.Single();

    public static string? Description(string text) => Embed(Game with { Description = text }).Description;

    public static string? Field(GameResponse game, string name) => Embed(game).Fields.SingleOrDefault(field => field.Name == name)?.Value;
}
