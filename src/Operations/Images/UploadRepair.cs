using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Decides how to repair an upload of a missing image.</summary>
internal static class UploadRepair
{
    /// <returns>No decision if the upload is right or has ended.</returns>
    public static async Task<IReadOnlyList<RepairDecision>> DecideAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        var images = await connection.QueryAsync<Guid>(new(
            """
            SELECT image_id FROM image_uploads
            WHERE id = @id AND NOT EXISTS (SELECT FROM game_images WHERE game_images.id = image_id)
            """,
            new { id },
            cancellationToken: ct));
        return
        [
            .. images.Select(image => new RepairDecision(
                new(RepairAction.Delete, $"Upload {id}: delete, because there is no image {image}.", UploadId: id),
                new(RepairStatements.UndoDeleteUpload, "DELETE FROM image_uploads WHERE id = @id", new { id }))),
        ];
    }
}
