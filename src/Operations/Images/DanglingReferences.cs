using System.Runtime.CompilerServices;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Finds games and uploads that refer to missing images.</summary>
internal static class DanglingReferences
{
    public static async IAsyncEnumerable<ImageProblem> FindAsync(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        var places = connection.QueryUnbufferedAsync<(Guid GameId, string Slot, Guid ImageId)>(
            """
            SELECT game.id, slot, image_id
            FROM game_sessions AS game
                CROSS JOIN LATERAL (VALUES ('thumbnail', thumbnail_id), ('banner', banner_image_id)) AS place (slot, image_id)
            WHERE image_id IS NOT NULL AND NOT EXISTS (SELECT FROM game_images WHERE id = image_id)
            """,
            ct);
        await foreach (var (game, slot, image) in places)
        {
            var message = $"Game {game} refers to image {image} as its {slot}, but there is no such image.";
            yield return new(ImageProblemKind.DanglingReference, message, image, game, slot);
        }

        var uploads = connection.QueryUnbufferedAsync<(Guid Id, Guid ImageId)>(
            "SELECT id, image_id FROM image_uploads WHERE NOT EXISTS (SELECT FROM game_images WHERE game_images.id = image_id)", ct);
        await foreach (var (upload, image) in uploads)
        {
            var message = $"Upload {upload} refers to image {image}, but there is no such image.";
            yield return new(ImageProblemKind.DanglingReference, message, image, UploadId: upload);
        }
    }
}
