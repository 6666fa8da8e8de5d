using System.CommandLine;
using System.CommandLine.Parsing;
using GameImages.Domain.Games;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages usage: what guilds use of their quotas.</summary>
internal static class UsageCommand
{
    private static readonly Option<Snowflake?> Guild = new("--guild")
    {
        Description = "Shows this guild only.",
        HelpName = "GUILD",
        CustomParser = ParseGuild,
    };
    private static readonly Option<int> Limit = NumberOption.Create(
        "--limit", "How many guilds to list at most.", defaultValue: 20, min: 1);

    public static Command Create()
    {
        var command = new Command("usage", "Shows how many games, images and bytes guilds use. Each image counts once in a guild.")
        {
            Guild,
            Limit,
        };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var reader = new GuildUseReader(database.Operators);
            var (guilds, total) = parsed.GetValue(Guild) is { } guild
                ? ([await reader.GetAsync(guild.Value, ct)], 1)
                : await reader.ListAsync(parsed.GetValue(Limit), ct);
            Output.Of(parsed).Write(new { total, guilds }, text => Print(guilds, total, text));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<GuildUsage> guilds, long total, Output text)
    {
        text.Table(
            ["GUILD", "GAMES", "IMAGES", "BYTES"],
            guilds.Select(guild => new[] { guild.GuildId, guild.Games.Count(), guild.Images.Count(), guild.Bytes.Bytes() }));
        text.Line(total > guilds.Count
            ? $"{total.Count("guild")}. The {guilds.Count} that use most bytes are listed."
            : $"{total.Count("guild")}.");
    }

    private static Snowflake? ParseGuild(ArgumentResult parsed)
    {
        var text = parsed.Tokens[0].Value;
        if (Snowflake.TryParse(text, null, out var guild))
            return guild;

        parsed.AddError($"--guild is \"{text}\": it has to be the id of a guild.");
        return null;
    }
}
