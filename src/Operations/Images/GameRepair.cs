using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Decides how to repair a game that refers to missing images.</summary>
internal static class GameRepair
{
    /// <returns>No decision if the game is right or was deleted.</returns>
    public static async Task<IReadOnlyList<RepairDecision>> DecideAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            """
            SELECT game.id, thumbnail_id, banner_image_id, thumbnail.id AS thumbnail, banner.id AS banner, clock_timestamp() AS at
            FROM game_sessions AS game
                LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id
                LEFT JOIN game_images AS banner ON banner.id = banner_image_id
            WHERE game.id = @id
            """,
            new { id },
            cancellationToken: ct));
        if (row is null)
            return [];

        string[] faults =
        [
            .. Fault("thumbnail", row.ThumbnailId, row.Thumbnail),
            .. Fault("banner", row.BannerImageId, row.Banner),
        ];
        return faults.Length == 0 ? [] :
        [
            new(
                new(RepairAction.Clear, $"Game {id}: clear {string.Join(" and ", faults)}.", GameId: id),
                new(RepairStatements.UndoClearReferences, RepairStatements.ClearReferences, row)),
        ];
    }

    private static IEnumerable<string> Fault(string slot, Guid? reference, Guid? image) =>
        reference == image ? [] : [$"its {slot}, because there is no image {reference}"];

    /// <param name="ThumbnailId">The reference of the game.</param>
    /// <param name="Thumbnail">The id of the image that exists; null if it is missing.</param>
    private sealed record Row(Guid Id, Guid? ThumbnailId, Guid? BannerImageId, Guid? Thumbnail, Guid? Banner, DateTime At);
}
