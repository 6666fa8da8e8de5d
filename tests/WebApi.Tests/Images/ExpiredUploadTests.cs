using System.Diagnostics;
using System.Net;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.WebApi.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GameImages.WebApi.Tests.Images;

public sealed class ExpiredUploadTests : ServiceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly HeldTime time = new();
    private readonly RecordedLog log = new();
    private ILoggerFactory logs = null!;
    private ExpiredUploads expired = null!;

    [SetUp]
    public void Create()
    {
        logs = LoggerFactory.Create(builder => builder.AddProvider(log));
        expired = new(Service.Services.GetRequiredService<IServiceScopeFactory>(), time, logs.CreateLogger<ExpiredUploads>());
    }

    [TearDown]
    public async Task Stop()
    {
        await expired.StopAsync(CancellationToken.None);
        expired.Dispose();
        logs.Dispose();
    }

    [Test]
    public async Task Expired_uploads_of_all_members_end_at_the_start_and_every_minute_and_games_keep_their_images()
    {
        var images = new List<Guid>();
        for (var number = 0; number < 45; number++)
            images.Add(await UploadAsync(number, member: number % 3));
        var kept = await UploadAsync(100, member: 0);
        var shown = await UploadAsync(101, member: 0);
        await CreateAsync(Pictures.Png(101));
        await ExpireAsync([.. images, shown]);

        await expired.StartAsync(CancellationToken.None);
        var timer = await time.NextAsync(Minute);
        await WaitForUploadsAsync(1);
        Assert.That(
            await Database.QueryAsync<Guid>("SELECT id FROM game_images ORDER BY id"), Is.EquivalentTo(new[] { kept, shown }));
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);

        await ExpireAsync(kept);
        timer.End();
        await WaitForUploadsAsync(0);
        Assert.That(
            (await Anybody.GetAsync($"/api/v1/public/images/{kept}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_failure_is_logged_and_the_next_round_tries_again()
    {
        await ExpireAsync(await UploadAsync(200, member: 1));
        await Database.ExecuteAsync($"REVOKE DELETE ON image_uploads FROM {Roles.App}");

        await expired.StartAsync(CancellationToken.None);
        var timer = await time.NextAsync(Minute);
        await log.WaitAsync("Could not end expired uploads. The service tries again in 00:01:00. Reason: 42501");
        await Database.ExecuteAsync($"GRANT DELETE ON image_uploads TO {Roles.App}");
        timer.End();
        await WaitForUploadsAsync(0);
    }

    private async Task<Guid> UploadAsync(int picture, int member)
    {
        using var client = Service.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token([Guild], token => token.Claims["sub"] = $"{member}"));
        using var response = await client.PostAsync("/api/v1/images", new ByteArrayContent(Pictures.Png(picture)));
        return (await JsonAsync(response, HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    private Task ExpireAsync(params Guid[] images) =>
        Database.ExecuteAsync("UPDATE image_uploads SET expires_at = now() WHERE image_id = ANY (@images)", new { images });

    // The service does not report when it has ended an upload.
    private async Task WaitForUploadsAsync(long count)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(30);)
        {
            if (await Database.SingleAsync<long>("SELECT count(*) FROM image_uploads") == count)
                return;
        }

        Assert.Fail($"There are not {count} uploads.");
    }
}
