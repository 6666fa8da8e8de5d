using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

/// <summary>
/// Kills the service during a hundred creates. Acknowledged games exist afterwards, and every reference count is correct.
/// </summary>
[Category("Process")]
public sealed class KilledServiceTests
{
    private const int Creates = 100;
    private const int AcknowledgedBeforeTheKill = 25;

    [Test]
    public async Task A_service_that_is_killed_loses_nothing_that_it_acknowledged()
    {
        await using var database = await TestDatabase.CreateAsync();
        var acknowledged = await CreateUntilKilledAsync(database);
        Assert.That(acknowledged, Has.Count.InRange(AcknowledgedBeforeTheKill, Creates - 1));

        await using var service = new Service(database);
        using var anybody = service.CreateClient([]);

        foreach (var (thumbnailId, image) in acknowledged)
            Assert.That(await anybody.GetByteArrayAsync($"/api/v1/public/images/{thumbnailId}"), Is.EqualTo(image));

        // The transactions of the killed process end when the server notices that their connections are closed.
        await database.WaitUntilAloneAsync();
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM game_sessions"), Is.InRange(acknowledged.Count, Creates));
    }

    private static async Task<List<(string ThumbnailId, byte[] Picture)>> CreateUntilKilledAsync(TestDatabase database)
    {
        using var process = Service.StartProcess(database);
        using var client = await Service.CreateClientAsync(process, ServiceTests.Guild);
        var acknowledged = new List<(string, byte[])>();

        await Task.WhenAll(Enumerable.Range(0, Creates).Select(number => Task.Run(async () =>
        {
            // Ten games show each of ten images, so that images are stored, shared and locked.
            var image = Pictures.Png(number % 10, byteLength: 50_000);

            try
            {
                using var response = await client.PostAsync("/api/v1/games", ServiceTests.Form(image, Pictures.Png(number % 7)));
                var game = await ServiceTests.JsonAsync(response, HttpStatusCode.Created);

                lock (acknowledged)
                {
                    acknowledged.Add((ServiceTests.Text(game, "thumbnail_id")!, image));

                    if (acknowledged.Count == AcknowledgedBeforeTheKill)
                        process.Kill();
                }
            }
            catch (HttpRequestException)
            {
                // A game that was not acknowledged may exist or not.
            }
        })));

        await process.WaitForExitAsync();
        return acknowledged;
    }
}
