using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Decides how to repair an image row.</summary>
internal static class ImageRowRepair
{
    /// <param name="grace">An image that nothing refers to is kept for this long after it was last changed.</param>
    /// <returns>No decision if the image is right or was deleted.</returns>
    public static async Task<IReadOnlyList<RepairDecision>> DecideAsync(
        NpgsqlConnection connection, Guid id, TimeSpan grace, CancellationToken ct)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            """
            SELECT id, content_hash, mime_type, byte_length, width, height, image_data, reference_count,
                quarantined_at IS NOT NULL AS is_quarantined,
                ((SELECT count(*) FROM game_sessions WHERE thumbnail_id = image.id)
                    + (SELECT count(*) FROM game_sessions WHERE banner_image_id = image.id)
                    + (SELECT count(*) FROM image_uploads WHERE image_id = image.id))::int AS references,
                greatest(created_at, updated_at) > now() - @grace AS is_young, clock_timestamp() AS at
            FROM game_images AS image WHERE id = @id
            """,
            new { id, grace },
            cancellationToken: ct));
        if (row is null)
            return [];

        var metadata = new ImageMetadata(id, row.ContentHash, row.MimeType, row.ByteLength, row.Width, row.Height);
        var correct = row.IsQuarantined ? null : metadata.Correct(row.ImageData);
        var isDamaged = correct is null && !row.IsQuarantined;

        // A damaged image is never deleted: it is kept for inspection.
        if (correct is not null && row.References == 0)
            return [row.IsYoung ? Leave(id, $"nothing refers to it, but it was changed less than {grace} ago") : Delete(row)];

        correct ??= metadata with { ByteLength = row.ImageData.Length };
        var decisions = new List<RepairDecision>();
        if (correct.MimeType is null)
            decisions.Add(Leave(id, "it is none of PNG, JPEG, GIF and WebP; gameimages purge removes it from its games"));
        else if (correct.MimeType != row.MimeType && await FindTwinAsync(correct, connection, ct) is { } twin)
            decisions.Add(Leave(id, $"image {twin} has the same bytes and is {correct.MimeType} already"));

        if (decisions.Count > 0)
            correct = correct with { MimeType = row.MimeType };

        return [.. decisions, .. Repair(row, correct, isDamaged)];
    }

    private static RepairDecision Leave(Guid id, string reason) =>
        new(new(RepairAction.Leave, $"Image {id}: left unchanged, because {reason}.", id));

    private static RepairDecision Delete(Row row) => new(
        new(RepairAction.Delete, $"Image {row.Id}: delete, because neither a game nor an upload refers to it.", row.Id),
        new(RepairStatements.UndoDelete, RepairStatements.Delete, row));

    private static IEnumerable<RepairDecision> Repair(Row row, ImageMetadata correct, bool isDamaged)
    {
        var changes = string.Join(", ", Changes(row, correct));
        var change = new RowChange(
            RepairStatements.UndoRepair,
            RepairStatements.Repair,
            new { row.Id, correct.MimeType, correct.ByteLength, correct.Width, correct.Height, row.References, isDamaged, row.At });

        if (isDamaged)
        {
            var also = changes == "" ? "" : $"; set {changes}";
            var message = $"Image {row.Id}: quarantine, because its bytes do not match its hash{also}.";
            yield return new(new(RepairAction.Quarantine, message, row.Id), change);
        }
        else if (changes != "")
        {
            yield return new(new(RepairAction.Set, $"Image {row.Id}: set {changes}.", row.Id), change);
        }
    }

    private static IEnumerable<string> Changes(Row row, ImageMetadata correct) =>
        from column in new (string Name, object? Before, object? After)[]
        {
            ("reference_count", row.ReferenceCount, row.References),
            ("byte_length", row.ByteLength, correct.ByteLength),
            ("width", row.Width, correct.Width),
            ("height", row.Height, correct.Height),
            ("mime_type", row.MimeType, correct.MimeType),
        }
        where !Equals(column.Before, column.After)
        select $"{column.Name} from {column.Before ?? "null"} to {column.After}";

    private static Task<Guid?> FindTwinAsync(ImageMetadata correct, NpgsqlConnection connection, CancellationToken ct) =>
        connection.QuerySingleOrDefaultAsync<Guid?>(new(
            "SELECT id FROM game_images WHERE content_hash = @ContentHash AND mime_type = @MimeType LIMIT 1",
            new { correct.ContentHash, correct.MimeType },
            cancellationToken: ct));

    private sealed record Row(
        Guid Id,
        byte[] ContentHash,
        string MimeType,
        int ByteLength,
        int? Width,
        int? Height,
        byte[] ImageData,
        int ReferenceCount,
        bool IsQuarantined,
        int References,
        bool IsYoung,
        DateTime At);
}
