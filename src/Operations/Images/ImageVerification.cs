using System.Data;
using System.Numerics;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>The result of a verification.</summary>
/// <param name="References">The number of places in games that show an image, and of uploads.</param>
/// <param name="Quarantined">The number of images that are known to be damaged. Their bytes are not read.</param>
public sealed record ImagesVerified(
    long Images,
    long References,
    long Quarantined,
    long ImagesRead,
    long BytesRead,
    IReadOnlyDictionary<ImageProblemKind, long> Problems);

/// <summary>
/// Verifies in a snapshot that the count of each image equals its references, that no reference dangles, that the use of each guild is
/// counted right, and that the bytes of each image are those that its row describes.
/// </summary>
/// <param name="report">Receives each problem as soon as it is found.</param>
public sealed class ImageVerification(DatabaseSnapshot snapshot, Action<ImageProblem> report)
{
    private readonly SortedDictionary<ImageProblemKind, long> problems = [];
    private long imagesRead;
    private long bytesRead;

    // The buffer holds one image at a time and never shrinks. So memory depends on the largest image, not on the number of images.
    private byte[] buffer = [];

    private NpgsqlConnection Connection => snapshot.Connection;

    /// <param name="percent">
    /// The share of the images to read, chosen at random: 100 reads all of them; 0 reads none, but still checks their lengths.
    /// </param>
    /// <param name="progress">Receives the number of bytes read, and the number of bytes to read.</param>
    public async Task<ImagesVerified> RunAsync(double percent, Action<long, long> progress, CancellationToken ct)
    {
        var (images, bytes, quarantined, references) = await Connection.QuerySingleAsync<(long, long, long, long)>(new(
            """
            SELECT count(*), coalesce(sum(octet_length(image_data)) FILTER (WHERE quarantined_at IS NULL), 0)::bigint,
                count(quarantined_at),
                (SELECT count(thumbnail_id) + count(banner_image_id) FROM game_sessions) + (SELECT count(*) FROM image_uploads)
            FROM game_images
            """,
            cancellationToken: ct));

        ReportAll(await ImageGuards.CheckAsync(Connection, ct));
        await CheckCountsAsync(ct);
        await ReportAllAsync(DanglingReferences.FindAsync(Connection, ct));
        await ReportAllAsync(GuildCounts.FindAsync(Connection, ct));
        await CheckBytesAsync(percent, () => progress(bytesRead, Math.Max(bytesRead, (long)(bytes * percent / 100))), ct);
        ReportAll(await DamagedVariants.FindAsync(Connection, percent, ct));
        return new(images, references, quarantined, imagesRead, bytesRead, problems);
    }

    private async Task CheckCountsAsync(CancellationToken ct)
    {
        var wrong = Connection.QueryUnbufferedAsync<(Guid Id, int Counted, long References, bool IsQuarantined)>(
            """
            WITH reference AS (
                SELECT thumbnail_id AS id FROM game_sessions WHERE thumbnail_id IS NOT NULL UNION ALL
                SELECT banner_image_id FROM game_sessions WHERE banner_image_id IS NOT NULL UNION ALL
                SELECT image_id FROM image_uploads),
            counted AS (SELECT id, count(*) AS n FROM reference GROUP BY id)
            SELECT image.id, reference_count, coalesce(n, 0), quarantined_at IS NOT NULL
            FROM game_images AS image LEFT JOIN counted USING (id)
            WHERE reference_count IS DISTINCT FROM coalesce(n, 0) OR (n IS NULL AND quarantined_at IS NULL)
            """,
            ct);

        // An image in quarantine is kept for inspection, even if nothing refers to it.
        await foreach (var (id, counted, references, isQuarantined) in wrong)
        {
            Report(references > 0 || isQuarantined
                ? new(ImageProblemKind.WrongCount, $"Image {id} has a reference count of {counted} instead of {references}.", id)
                : new(
                    ImageProblemKind.Unreferenced,
                    $"Image {id} has a reference count of {counted}, but neither a game nor an upload refers to it.",
                    id));
        }
    }

    private async Task CheckBytesAsync(double percent, Action progress, CancellationToken ct)
    {
        // PostgreSQL knows the length of a value without reading it, so this reads the bytes of the sample only.
        await using var command = new NpgsqlCommand(
            """
            SELECT id, coalesce(content_hash, ''), coalesce(mime_type, 'nothing'), coalesce(byte_length, -1), width, height,
                coalesce(octet_length(image_data), 0), CASE WHEN is_sampled THEN image_data END
            FROM (SELECT *, 100 * random() < $1 AS is_sampled FROM game_images WHERE quarantined_at IS NULL) AS image
            WHERE is_sampled OR byte_length IS DISTINCT FROM octet_length(image_data)
            """,
            Connection);
        command.Parameters.Add(new() { Value = percent });
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);

        while (await row.ReadAsync(ct))
        {
            var metadata = new ImageMetadata(
                row.GetGuid(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.GetInt32(3),
                row.GetFieldValue<int?>(4), row.GetFieldValue<int?>(5));
            var length = row.GetInt32(6);

            if (await row.IsDBNullAsync(7, ct))
                Report(metadata.WrongLength(length));
            else
                ReportAll(metadata.Compare(metadata.Correct((await ReadAsync(row, 7, length, ct)).Span)));

            progress();
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(NpgsqlDataReader row, int column, int length, CancellationToken ct)
    {
        if (buffer.Length < length)
            buffer = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)length));

        await using var stream = await row.GetStreamAsync(column, ct);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, length), ct);
        imagesRead++;
        bytesRead += length;
        return buffer.AsMemory(0, length);
    }

    private async Task ReportAllAsync(IAsyncEnumerable<ImageProblem> found)
    {
        await foreach (var problem in found)
            Report(problem);
    }

    private void ReportAll(IEnumerable<ImageProblem> found)
    {
        foreach (var problem in found)
            Report(problem);
    }

    private void Report(ImageProblem problem)
    {
        problems[problem.Kind] = problems.GetValueOrDefault(problem.Kind) + 1;
        report(problem);
    }
}
