using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Hosting;

namespace GameImages.Bot.Announcements;

/// <summary>Writes the message that announces a game. Every message stays within the limits of Discord's embeds.</summary>
/// <remarks>The message pings no user. Discord shows the game's texts unformatted. Only addresses become links.</remarks>
/// <param name="publicBaseUrl">The absolute URL at which Discord reaches the service. It may have a path.</param>
public sealed class AnnouncementFormatter(Uri publicBaseUrl)
{
    private const int TitleLimit = 256;
    private const int DescriptionLimit = 4096;
    private const int FieldValueLimit = 1024;
    private const int AuthorNameLimit = 256;
    private const int AltTextLimit = 1024;
    private const int EmbedLimit = 6000;

    private const string FallbackTitle = "Game night";

    // Colours of Discord's brand, except for Completed: the brand's yellow is paler than this gold.
    private static readonly Dictionary<GameStatus, (string Name, int Color)> Statuses = new()
    {
        [GameStatus.Scheduled] = ("Scheduled", 0x57F287),
        [GameStatus.InProgress] = ("In progress", 0x5865F2),
        [GameStatus.Completed] = ("Completed", 0xF1C40F),
        [GameStatus.Cancelled] = ("Cancelled", 0xED4245),
    };

    private readonly PublicImageUrls urls = new(publicBaseUrl);

    public DiscordMessage Format(AnnouncedGame announced)
    {
        var game = announced.Game;
        var (status, color) = Statuses[game.Status];
        var title = UserText.Line(game.Title) is var line && UserText.IsVisible(line) ? line : FallbackTitle;
        var host = UserText.Line(game.HostName);
        var description = UserText.Lines(game.Description);

        var embed = new Embed
        {
            Title = Excerpt.Title(title, TitleLimit),
            Color = color,
            Author = UserText.IsVisible(host) ? new(Excerpt.Plain($"@{host}", AuthorNameLimit)) : null,
            Fields = [.. Fields(game)],
            Footer = new($"Status: {status}"),
            Thumbnail = Image(game.ThumbnailId, announced.Thumbnail, game.ThumbnailAlt, $"Thumbnail of {title}"),
            Image = Image(game.BannerImageId, announced.Banner, game.BannerAlt, $"Banner of {title}"),
        };

        // Discord limits the sum of all texts. Only the description is cut to fit, because readers need the time, the place and the
        // sign-up instructions more. The other texts take less than half of the sum, so the description always has room.
        if (UserText.IsVisible(description))
            embed = embed with { Description = Excerpt.Markdown(description, Math.Min(DescriptionLimit, EmbedLimit - Length(embed))) };

        return new() { Embeds = [embed] };
    }

    private static IEnumerable<EmbedField> Fields(GameResponse game)
    {
        var start = new DateTimeOffset(game.ScheduledAt, TimeSpan.Zero).ToUnixTimeSeconds();
        yield return new("Game Time", $"<t:{start}:F> (<t:{start}:R>)");
        yield return new("Host", $"<@{game.HostId}>", Inline: true);

        if (game.ExpectedDurationMinutes is > 0 and var minutes)
            yield return new("Run Time", RunTime(minutes), Inline: true);

        if (UserText.Lines(game.Location) is var location && UserText.IsVisible(location))
            yield return new("Where", Excerpt.Markdown(location, FieldValueLimit));

        // The service knows the limit, but not the members who have signed up.
        if (game.MaxPlayers is { } players)
            yield return new("Players", $"max {players}", Inline: true);

        if (UserText.Lines(game.SignupInstructions) is var instructions && UserText.IsVisible(instructions))
            yield return new("Signup Instructions", Excerpt.Markdown(instructions, FieldValueLimit));
    }

    private static string RunTime(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => $"{rest}m",
        (var hours, 0) => $"{hours}h",
        var (hours, rest) => $"{hours}h {rest}m",
    };

    private static int Length(Embed embed) =>
        embed.Title.Length
        + (embed.Author?.Name.Length ?? 0)
        + embed.Footer.Text.Length
        + embed.Fields.Sum(field => field.Name.Length + field.Value.Length);

    // Discord formats no alt texts, so they need no escapes. They do not count towards the limit of all texts.
    private EmbedImage? Image(Guid? id, ImageFormat? format, string? alt, string defaultAlt)
    {
        if (id is null || format is null)
            return null;

        var text = UserText.Line(alt);
        return new(urls.Of(id.Value, format), Excerpt.Plain(UserText.IsVisible(text) ? text : defaultAlt, AltTextLimit));
    }
}
