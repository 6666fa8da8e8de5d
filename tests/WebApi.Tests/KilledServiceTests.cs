using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

/// <summary>kill -9 in the middle of a hundred creates: what was acknowledged is there, and every count is right.</summary>
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

        foreach (var (thumbnailId, picture) in acknowledged)
            Assert.That(await anybody.GetByteArrayAsync($"/api/v1/public/images/{thumbnailId}"), Is.EqualTo(picture));

        // The killed one's transactions end when the server notices that their connections are gone.
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
            // Ten pictures, ten games each, so that they are stored, shared and contended for.
            var picture = Pictures.Png(number % 10, byteLength: 50_000);

            try
            {
                using var response = await client.PostAsync("/api/v1/games", ServiceTests.Form(picture, Pictures.Png(number % 7)));
                var game = await ServiceTests.JsonAsync(response, HttpStatusCode.Created);

                lock (acknowledged)
                {
                    acknowledged.Add((ServiceTests.Text(game, "thumbnail_id")!, picture));

                    if (acknowledged.Count == AcknowledgedBeforeTheKill)
                        process.Kill();
                }
            }
            catch (HttpRequestException)
            {
                // Not acknowledged: it may be there or not.
            }
        })));

        await process.WaitForExitAsync();
        return acknowledged;
    }
}
