using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>What to do about a game that refers to images that are not there.</summary>
internal static class GameRepair
{
    // Foreign keys would refuse what was broken, so the line goes around them.
    private const string Undo =
        """
        SELECT format('BEGIN; SET LOCAL session_replication_role = replica; UPDATE game_sessions SET (thumbnail_id, banner_image_id, updated_at) = (%L, %L, %L) WHERE id = %L AND updated_at = %L; COMMIT;',
            thumbnail_id, banner_image_id, updated_at, id, @At) FROM game_sessions WHERE id = @Id
        """;

    private const string Clear =
        "UPDATE game_sessions SET thumbnail_id = @Thumbnail, banner_image_id = @Banner, updated_at = @At WHERE id = @Id";

    public static async Task<IReadOnlyList<RepairDecision>> DecideAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            """
            SELECT game.id, thumbnail_id, banner_image_id, thumbnail.id AS thumbnail, banner.id AS banner, clock_timestamp() AS at
            FROM game_sessions AS game LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id LEFT JOIN game_images AS banner ON banner.id = banner_image_id
            WHERE game.id = @id
            """,
            new { id }, cancellationToken: ct));

        if (row is null || (row.ThumbnailId, row.BannerImageId) == (row.Thumbnail, row.Banner))
            return [];

        var dangling = new[]
        {
            Fault("thumbnail", row.ThumbnailId, row.Thumbnail),
            Fault("banner", row.BannerImageId, row.Banner),
        }.OfType<string>();
        return [new(new(RepairAction.Clear, $"Game {id}: clear {string.Join(" and ", dangling)}.", GameId: id), new(Undo, Clear, row))];
    }

    private static string? Fault(string slot, Guid? reference, Guid? image) =>
        reference == image ? null : $"its {slot}, for there is no image {reference}";

    private sealed record Row(Guid Id, Guid? ThumbnailId, Guid? BannerImageId, Guid? Thumbnail, Guid? Banner, DateTime At);
}
