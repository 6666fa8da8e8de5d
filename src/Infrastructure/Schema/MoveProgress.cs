using System.Globalization;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// How far the move of the images into or out of their own table is: how many of the places that show an image, and of the bytes in them.
/// </summary>
public readonly record struct MoveProgress(long Pictures, long TotalPictures, long Bytes, long TotalBytes)
{
    private const string Code = "GI001";

    /// <summary>
    /// Statements of PL/pgSQL that report the progress at most five times a second, from the variables pictures, total_pictures, bytes,
    /// total_bytes and told_at. The server sends a notice at once, and not when the statement ends.
    /// </summary>
    internal const string TellNowAndThen =
        $"""
        IF clock_timestamp() >= told_at + interval '200 ms' THEN
            {Tell}
            told_at := clock_timestamp();
        END IF;
        """;

    internal const string Tell =
        $"""
        RAISE NOTICE 'Moved % of % pictures.', pictures, total_pictures
            USING ERRCODE = '{Code}', DETAIL = concat_ws(' ', pictures, total_pictures, bytes, total_bytes);
        """;

    /// <returns>What the notice tells; null when it is about something else.</returns>
    internal static MoveProgress? Of(PostgresNotice notice)
    {
        if (notice.SqlState != Code)
            return null;

        var numbers = notice.Detail!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
