using System.Globalization;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// The progress of moving the images into or out of their own table. It counts each thumbnail and banner that shows an image, and its
/// bytes.
/// </summary>
public readonly record struct MoveProgress(long Images, long TotalImages, long Bytes, long TotalBytes)
{
    private const string Code = "GI001";

    /// <summary>
    /// Statements of PL/pgSQL that report the progress at most five times a second, from the variables images, total_images, bytes,
    /// total_bytes and reported_at. The server sends a notice at once, and not when the statement ends.
    /// </summary>
    internal const string ReportPeriodically =
        $"""
        IF clock_timestamp() >= reported_at + interval '200 ms' THEN
            {Report}
            reported_at := clock_timestamp();
        END IF;
        """;

    internal const string Report =
        $"""
        RAISE NOTICE 'Moved % of % images.', images, total_images
            USING ERRCODE = '{Code}', DETAIL = concat_ws(' ', images, total_images, bytes, total_bytes);
        """;

    /// <returns>Null when the notice does not report progress.</returns>
    internal static MoveProgress? Of(PostgresNotice notice)
    {
        if (notice.SqlState != Code)
            return null;

        var numbers = notice.Detail!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
