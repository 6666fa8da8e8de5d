using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>
/// The one list of a game's columns, for reading, inserting, updating and cloning. <see cref="ToGame"/> maps each of them back.
/// </summary>
internal static class GameColumns
{
    private static readonly IReadOnlyList<GameColumn> Written =
    [
        new GameColumn<long>("channel_id", game => game.Details.ChannelId.Value),
        new GameColumn<long>("host_id", game => game.Details.HostId.Value),
        new GameColumn<string?>("host_name", game => game.Details.HostName),
        new GameColumn<string>("title", game => game.Details.Title),
        new GameColumn<string?>("description", game => game.Details.Description),
        new GameColumn<string?>("signup_instructions", game => game.Details.SignupInstructions),
        new GameColumn<string?>("location", game => game.Details.Location),
        new GameColumn<DateTime>("scheduled_at", game => game.Details.ScheduledAt),
        new GameColumn<int?>("expected_duration_minutes", game => game.Details.ExpectedDurationMinutes),
        new GameColumn<int?>("max_players", game => game.Details.MaxPlayers),
        new GameColumn<string>("status", game => DapperTypes.StatusColumn(game.Status)),
        new GameColumn<string?>("thumbnail_alt", game => game.Details.ThumbnailAlt),
        new GameColumn<string?>("banner_alt", game => game.Details.BannerAlt),
    ];

    /// <summary>The columns that an insert and an update write, except those of the images, for an INSERT.</summary>
    public static readonly string Names = string.Join(", ", Written.Select(column => column.Name));

    /// <summary>The parameters of <see cref="Names"/>, in the same order.</summary>
    public static readonly string Parameters = string.Join(", ", Written.Select(column => $"@{column.Name}"));

    /// <summary>The same columns and parameters for an UPDATE.</summary>
    public static readonly string Assignments = string.Join(", ", Written.Select(column => $"{column.Name} = @{column.Name}"));

    /// <summary>The columns of a <see cref="GameResponse"/> that the table of games has.</summary>
    public static readonly string Stored = $"id, guild_id, {Names}, thumbnail_id, banner_image_id, created_at, updated_at";

    /// <summary>The columns of a <see cref="GameResponse"/> that describe its images, for a query that has <see cref="Stored"/>.</summary>
    public static readonly string Images =
        $"{ImageAppearance.Of("thumbnail_id", "thumbnail_alt")} AS thumbnail, "
        + $"{ImageAppearance.Of("banner_image_id", "banner_alt")} AS banner";

    /// <summary>The columns of a <see cref="GameResponse"/>.</summary>
    public static readonly string Response = $"{Stored}, {Images}";

    /// <summary>Adds a parameter for each of <see cref="Parameters"/>.</summary>
    public static NpgsqlBatchCommand WithColumns(this NpgsqlBatchCommand statement, Game game)
    {
        foreach (var column in Written)
            column.AddTo(statement, game);

        return statement;
    }

    public static Game ToGame(this GameResponse row) => new(
        row.Id,
        row.GuildId,
        new()
        {
            ChannelId = row.ChannelId,
            HostId = row.HostId,
            HostName = row.HostName,
            Title = row.Title,
            Description = row.Description,
            SignupInstructions = row.SignupInstructions,
            Location = row.Location,
            ScheduledAt = row.ScheduledAt,
            ExpectedDurationMinutes = row.ExpectedDurationMinutes,
            MaxPlayers = row.MaxPlayers,
            ThumbnailAlt = row.ThumbnailAlt,
            BannerAlt = row.BannerAlt,
        },
        row.Status,
        row.ThumbnailId,
        row.BannerImageId);

    private abstract record GameColumn(string Name)
    {
        public abstract void AddTo(NpgsqlBatchCommand statement, Game game);
    }

    private sealed record GameColumn<T>(string Name, Func<Game, T> Value) : GameColumn(Name)
    {
        public override void AddTo(NpgsqlBatchCommand statement, Game game) => statement.With(Name, Value(game));
    }
}
