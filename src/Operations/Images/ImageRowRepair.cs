using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>What to do about an image that is not as it has to be.</summary>
internal static class ImageRowRepair
{
    public static async Task<IReadOnlyList<RepairDecision>> DecideAsync(
        NpgsqlConnection connection,
        Guid id,
        TimeSpan grace,
        CancellationToken ct)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            """
            SELECT id, content_hash, mime_type, byte_length, width, height, image_data, reference_count, quarantined_at IS NOT NULL AS is_quarantined,
                ((SELECT count(*) FROM game_sessions WHERE thumbnail_id = image.id) + (SELECT count(*) FROM game_sessions WHERE banner_image_id = image.id))::int AS references,
                greatest(created_at, updated_at) > now() - @grace AS is_young, clock_timestamp() AS at
            FROM game_images AS image WHERE id = @id
            """,
            new { id, grace }, cancellationToken: ct));

        if (row is null)
            return [];

        var facts = new ImageMetadata(id, row.ContentHash, row.MimeType, row.ByteLength, row.Width, row.Height);
        var right = row.IsQuarantined ? null : facts.Of(row.ImageData);
        var isDamaged = right is null && !row.IsQuarantined;

        // Never one that is damaged: it is kept for inspection.
        if (right is not null && row.References == 0)
            return
            [
                row.IsYoung
                    ? Leave($"left alone, although no game shows it, since it was changed less than {grace} ago")
                    : Decide(
                        RepairAction.Delete,
                        "delete, since no game shows it",
                        new(RepairStatements.UndoDelete, RepairStatements.Delete, row)),
            ];

        var decisions = new List<RepairDecision>();
        right ??= facts with { ByteLength = row.ImageData.Length };

        if (right.MimeType is null)
            decisions.Add(Leave("left alone, since it is none of PNG, JPEG, GIF and WebP; gameimages purge takes it out of its games"));
        else if (right.MimeType != row.MimeType && await FindTwinAsync(right, connection, ct) is { } twin)
            decisions.Add(Leave($"its type is left alone, since image {twin} has the same bytes and is {right.MimeType} already"));

        if (decisions.Count > 0)
            right = right with { MimeType = row.MimeType };

        var changes = string.Join(", ", Changes(row, right));
        var change = new RowChange(
            RepairStatements.UndoRepair,
            RepairStatements.Repair,
            new { row.Id, right.MimeType, right.ByteLength, right.Width, right.Height, row.References, isDamaged, row.At });

        if (isDamaged)
            decisions.Add(
                Decide(
                    RepairAction.Quarantine,
                    $"put in quarantine, since its bytes do not have its hash{(changes == "" ? "" : $"; set {changes}")}",
                    change));
        else if (changes != "")
            decisions.Add(Decide(RepairAction.Set, $"set {changes}", change));

        return decisions;

        RepairDecision Leave(string why) => Decide(RepairAction.Leave, why, null);

        RepairDecision Decide(RepairAction action, string what, RowChange? change) => new(new(action, $"Image {id}: {what}.", id), change);
    }

    private static IEnumerable<string> Changes(Row row, ImageMetadata right) =>
        from column in new (string Name, object? Before, object? After)[]
        {
            ("reference_count", row.ReferenceCount, row.References),
            ("byte_length", row.ByteLength, right.ByteLength),
            ("width", row.Width, right.Width),
            ("height", row.Height, right.Height),
            ("mime_type", row.MimeType, right.MimeType),
        }
        where !Equals(column.Before, column.After)
        select $"{column.Name} from {column.Before ?? "null"} to {column.After}";

    private static Task<Guid?> FindTwinAsync(ImageMetadata right, NpgsqlConnection connection, CancellationToken ct) =>
        connection.QuerySingleOrDefaultAsync<Guid?>(
            new(
                "SELECT id FROM game_images WHERE content_hash = @ContentHash AND mime_type = @MimeType LIMIT 1",
                new { right.ContentHash, right.MimeType },
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
