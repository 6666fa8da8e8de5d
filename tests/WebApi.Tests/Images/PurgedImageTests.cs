using System.Diagnostics;
using System.Net;
using GameImages.EmbeddedPostgres;
using GameImages.Operations;
using GameImages.Operations.Images;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

public sealed class PurgedImageTests : ServiceTests
{
    [Test]
    public async Task A_purged_image_is_not_served_and_no_game_refers_to_it()
    {
        var game = await CreateAsync(Pictures.Png(1), Pictures.Png(2));
        var image = $"/api/v1/public/images/{Text(game, "thumbnail_id")}";
        using var before = await Anybody.GetAsync(image);
        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await using (var operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser)))
            await new ImagePurge(operators).RunAsync([Pictures.Content(1).Hash], block: false, null, CancellationToken.None);

        // The service has received the notification when the purge returns.
        for (var waited = Stopwatch.StartNew(); (await Anybody.GetAsync(image)).StatusCode == HttpStatusCode.OK;)
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));

        await ProblemAsync(await Anybody.GetAsync($"{image}.png"), HttpStatusCode.NotFound);
        await ProblemAsync(
            await Anybody.SendAsync(
                new HttpRequestMessage(HttpMethod.Get, image) { Headers = { IfNoneMatch = { before.Headers.ETag! } } }),
            HttpStatusCode.NotFound);

        var after = await JsonAsync(await Member.GetAsync($"/api/v1/games/{Text(game, "id")}"));
        Assert.Multiple(() =>
        {
            Assert.That(Text(after, "thumbnail_id"), Is.Null);
            Assert.That(Text(after, "banner_image_id"), Is.EqualTo(Text(game, "banner_image_id")));
        });
    }

    [Test]
    public async Task A_change_of_the_version_before_a_purge_is_rejected()
    {
        using var created = await Member.PostAsync("/api/v1/games", Form(Pictures.Png(3)));
        var game = await JsonAsync(created, HttpStatusCode.Created);

        await using (var operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser)))
            await new ImagePurge(operators).RunAsync([Pictures.Content(3).Hash], block: false, null, CancellationToken.None);

        var delete = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/games/{Text(game, "id")}")
        {
            Headers = { IfMatch = { created.Headers.ETag! } },
        };
        await ProblemAsync(await Member.SendAsync(delete), HttpStatusCode.PreconditionFailed);
    }
}
