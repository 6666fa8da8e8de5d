using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

/// <summary>Tests docs/decisions/0007-guilds-share-pictures.md: two guilds may share an image, and nothing else.</summary>
public sealed class GuildBoundaryTests : ServiceTests
{
    private HttpClient stranger = null!;

    [OneTimeSetUp]
    public void Join_another_guild() => stranger = Service.CreateClient(43);

    [OneTimeTearDown]
    public void Leave_the_other_guild() => stranger.Dispose();

    [Test]
    public async Task A_guild_that_uploads_the_image_of_another_gets_its_id_and_cannot_keep_or_remove_it()
    {
        var ours = await CreateAsync(Pictures.Png(1));
        var theirs = await CreateAsStrangerAsync(Pictures.Png(1));
        var image = $"/api/v1/public/images/{Text(ours, "thumbnail_id")}";
        Assert.That(Text(theirs, "thumbnail_id"), Is.EqualTo(Text(ours, "thumbnail_id")));

        await stranger.DeleteAsync($"/api/v1/games/{Text(theirs, "id")}");
        Assert.That((await Anybody.GetAsync(image)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Member.DeleteAsync($"/api/v1/games/{Text(ours, "id")}");
        Assert.That((await Anybody.GetAsync(image)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task No_response_reveals_how_often_an_image_is_used_or_by_whom()
    {
        await CreateAsync(Pictures.Png(2), Pictures.Png(2));
        var theirs = await CreateAsStrangerAsync(Pictures.Png(2));
        using var image = await Anybody.GetAsync($"/api/v1/public/images/{Text(theirs, "thumbnail_id")}");

        Assert.That(theirs.EnumerateObject().Select(field => field.Name), Has.None.Contains("count").And.None.Contains("hash"));
        Assert.That(
            image.Headers.Concat(image.Content.Headers).Select(header => header.Key),
            Is.SubsetOf(
                new[]
                {
                    "Accept-Ranges",
                    "Access-Control-Allow-Origin",
                    "Access-Control-Expose-Headers",
                    "Cache-Control",
                    "Content-Length",
                    "Content-Security-Policy",
                    "Content-Type",
                    "Cross-Origin-Resource-Policy",
                    "Date",
                    "ETag",
                    "X-Content-Type-Options",
                    "X-RateLimit-Limit",
                    "X-RateLimit-Remaining",
                    "X-RateLimit-Reset",
                }));
    }

    [TestCase("thumbnail_id")]
    [TestCase("banner_image_id")]
    public async Task A_game_gets_an_image_of_another_guild_by_its_bytes_and_never_by_its_id(string field)
    {
        var ours = await CreateAsync(Pictures.Png(3));
        var game = new Dictionary<string, object?>
        {
            ["guild_id"] = "43",
            ["channel_id"] = "5",
            ["title"] = "x",
            ["scheduled_at"] = "2026-02-07T19:30:00Z",
            [field] = Text(ours, "thumbnail_id"),
        };

        await ProblemAsync(await stranger.PostAsJsonAsync("/api/v1/games", game), HttpStatusCode.UnprocessableEntity, field);
    }

    private async Task<JsonElement> CreateAsStrangerAsync(byte[] thumbnail)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("43"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Theirs"), "title" },
            { new StringContent("2026-02-07T19:30:00Z"), "scheduled_at" },
            { new ByteArrayContent(thumbnail), "thumbnail", "x" },
        };
        return await JsonAsync(await stranger.PostAsync("/api/v1/games", form), HttpStatusCode.Created);
    }
}
