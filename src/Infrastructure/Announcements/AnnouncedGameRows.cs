using Dapper;
using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Games;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

/// <summary>Games with what the URLs of their pictures need to know. A picture in quarantine is none: it is not served.</summary>
internal static class AnnouncedGameRows
{
    public const string Columns =
        $"""
        {GameSql.ResponseColumns},
        (SELECT mime_type FROM game_images WHERE game_images.id = thumbnail_id AND quarantined_at IS NULL) AS thumbnail_type,
        (SELECT mime_type FROM game_images WHERE game_images.id = banner_image_id AND quarantined_at IS NULL) AS banner_type
        """;

    /// <returns>The rows of the current result; the reader then stands on the next one.</returns>
    public static async Task<List<AnnouncedGame>> AnnouncedGamesAsync(this NpgsqlDataReader reader, CancellationToken ct)
    {
        var games = new List<AnnouncedGame>();
        var parse = reader.GetRowParser<GameResponse>();
        while (await reader.ReadAsync(ct))
            games.Add(new(parse(reader), Format("thumbnail_type"), Format("banner_type")));

        await reader.NextResultAsync(ct);
        return games;

        ImageFormat? Format(string column) => reader[column] is string type ? ImageFormat.FromMimeType(type) : null;
    }
}
