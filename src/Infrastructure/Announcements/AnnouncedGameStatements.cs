using Dapper;
using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Games;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

/// <summary>
/// Selects games with the formats of their images. An image in quarantine is left out, because the public route does not serve it.
/// </summary>
internal static class AnnouncedGameStatements
{
    public static readonly string Columns =
        $"""
        {GameColumns.Stored},
        (SELECT mime_type FROM game_images WHERE game_images.id = thumbnail_id AND quarantined_at IS NULL) AS thumbnail_type,
        (SELECT mime_type FROM game_images WHERE game_images.id = banner_image_id AND quarantined_at IS NULL) AS banner_type
        """;

    /// <summary>Reads the rows of the current result, and advances the reader to the next result.</summary>
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
