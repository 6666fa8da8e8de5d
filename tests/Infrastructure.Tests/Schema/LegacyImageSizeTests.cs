using Dapper;
using GameImages.Domain.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>The SQL of the migration and the C# of the Domain read the same size from the header of an image.</summary>
public sealed class LegacyImageSizeTests
{
    private static readonly byte[][] Headers =
    [
        Pictures.Png(1),
        Pictures.Gif(1),
        Convert.FromHexString("FFD8FFE000104A46494600010100000100010000FFFFC2001108012301F403012200021101031101"),
        Convert.FromHexString("FFD8FFE00002FFD0FF01FFFFC400040001FFC0000B080001FFFF01011100"),
        Convert.FromHexString("5249464600000000574542505650385800000000000000007B0000C80100"),
        Convert.FromHexString("5249464600000000574542505650384C000000002F7BC871100000000000"),
        Convert.FromHexString("5249464600000000574542505650384C000000002F7BC87110"),
        Convert.FromHexString("52494646000000005745425056503820000000000000009D012A7B40C801"),
    ];

    [Test]
    public Task Sizes_agree_for_damaged_and_truncated_headers() => SizesAgreeAsync(Headers.SelectMany(Damaged));

    [Test]
    public Task Sizes_agree_for_files_of_other_projects()
    {
        var corpus = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS");
        if (string.IsNullOrEmpty(corpus))
            Assert.Ignore("GAMEIMAGES_CORPUS is not set. Set it to a folder of image files.");

        return SizesAgreeAsync(Directory.EnumerateFiles(corpus!, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes));
    }

    private static async Task SizesAgreeAsync(IEnumerable<byte[]> files)
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        await using (var connection = await database.OpenAsync())
        {
            foreach (var bytes in files)
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, image_data, image_mime_type)
                    VALUES (42, 5, 7, 'game', now(), @bytes, 'image/png')
                    """,
                    new { bytes });
            }
        }

        await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(2, CancellationToken.None);

        var images = await database.QueryAsync<(byte[], int?, int?)>("SELECT image_data, width, height FROM game_images");

        foreach (var (bytes, width, height) in images)
        {
            var size = ImageFormat.Recognize(bytes)?.ReadSize(bytes);

            if (size?.Width != width || size?.Height != height)
            {
                var start = Convert.ToHexString(bytes.AsSpan(0, Math.Min(100, bytes.Length)));
                Assert.Fail($"C# reads {size}, SQL reads {width} x {height}: {start}");
            }
        }
    }

    private static IEnumerable<byte[]> Damaged(byte[] header)
    {
        for (var at = 0; at < header.Length; at++)
        {
            yield return header[..at];

            foreach (byte value in new byte[] { 0, 1, 0x7F, 0xC0, 0xD7, 0xD8, 0xD9, 0xFF })
                yield return [.. header[..at], value, .. header[(at + 1)..]];
        }
    }
}
