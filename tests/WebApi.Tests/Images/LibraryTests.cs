using System.Net;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

/// <summary>The images that a member may show on games, and what a guild uses of its quotas.</summary>
public sealed class LibraryTests : ServiceTests
{
    private const string Images = "/api/v1/images";

    private HttpClient member = null!;
    private HttpClient colleague = null!;

    // Each test has a member and a colleague of its own, in a guild of their own.
    private static long lastGuild = 1000;
    private long guild;

    [SetUp]
    public void Join()
    {
        guild = ++lastGuild;
        member = Client($"{guild}", guild, Guild);
        colleague = Client($"{guild}0", guild);
    }

    [TearDown]
    public void Leave()
    {
        member.Dispose();
        colleague.Dispose();
    }

    [Test]
    public async Task The_list_has_the_images_of_the_guild_and_the_caller_s_uploads_and_the_last_used_comes_first()
    {
        var shown = await ShowAsync(colleague, Pictures.Png(1));
        var uploaded = await UploadAsync(Pictures.Gif(2));
        await UploadAsync(colleague, Pictures.Png(3));
        await ShowAsync(Service.CreateClient(Guild), Pictures.Png(4), Guild);
        await ShowAsync(member, Pictures.Png(1));

        var items = await ItemsAsync($"?guild_id={guild}");
        Assert.That(items.Select(Id), Is.EqualTo(new[] { shown, uploaded }));
        Assert.Multiple(() =>
        {
            Assert.That(
                items[1].EnumerateObject().Select(field => field.Name),
                Is.EqualTo(new[]
                {
                    "id", "mime_type", "width", "height", "byte_length", "used_at", "games", "expires_at",
                    "url", "placeholder", "variants",
                }));
            Assert.That(items[0].GetProperty("games").GetInt64(), Is.EqualTo(2));
            Assert.That(Text(items[0], "expires_at"), Is.Null);
            Assert.That(items[1].GetProperty("games").GetInt64(), Is.Zero);
            Assert.That(Text(items[1], "expires_at"), Is.Not.Null);
            Assert.That(Text(items[1], "mime_type"), Is.EqualTo("image/gif"));
            Assert.That(items[1].GetProperty("width").GetInt32(), Is.EqualTo(1));
            Assert.That(items[1].GetProperty("byte_length").GetInt32(), Is.EqualTo(Pictures.Gif(2).Length));
        });

        // Without a guild, the list has the caller's uploads only.
        Assert.That((await ItemsAsync("")).Select(Id), Is.EqualTo(new[] { uploaded }));
        await ProblemAsync(await colleague.GetAsync($"{Images}?guild_id={Guild}"), HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Only_games_of_the_caller_s_guilds_count()
    {
        await ShowAsync(member, Pictures.Png(5), Guild);
        await ShowAsync(member, Pictures.Png(5));

        using var list = await colleague.GetAsync($"{Images}?guild_id={guild}");
        var image = (await JsonAsync(list)).GetProperty("items").EnumerateArray().Single();
        Assert.That(image.GetProperty("games").GetInt64(), Is.EqualTo(1));
        Assert.That((await ItemsAsync($"?guild_id={guild}")).Single().GetProperty("games").GetInt64(), Is.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("&guild_id={guild}")]
    public async Task Pages_have_every_image_once(string query)
    {
        for (var number = 10; number < 17; number++)
            await (number % 2 == 0 && query != "" ? ShowAsync(member, Pictures.Png(number)) : UploadAsync(Pictures.Png(number)));

        query = query.Replace("{guild}", $"{guild}", StringComparison.Ordinal);
        var listed = new List<string>();
        string? cursor = null;
        do
        {
            using var response = await member.GetAsync($"{Images}?limit=3{query}{(cursor is null ? "" : $"&cursor={cursor}")}");
            var page = await JsonAsync(response);
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            cursor = Text(page, "next_cursor");
        }
        while (cursor is not null);

        Assert.That(listed, Has.Count.EqualTo(7));
        Assert.That(listed, Is.EqualTo((await ItemsAsync($"?limit=100{query}")).Select(Id)));
    }

    [TestCase("cursor=nonsense", "cursor")]
    [TestCase("cursor=", "cursor")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=x", "limit")]
    [TestCase("guild_id=x", "guild_id")]
    [TestCase("text=x", "text")]
    public async Task A_query_that_is_not_valid_is_rejected(string query, string field) =>
        await ProblemAsync(await member.GetAsync($"{Images}?{query}"), HttpStatusCode.BadRequest, field);

    [Test]
    public async Task The_usage_counts_each_image_once_and_has_the_limits()
    {
        await ExpectUsageAsync(member, games: 0, images: 0, bytes: 0);
        await ShowAsync(member, Pictures.Png(20));
        await ShowAsync(colleague, Pictures.Png(20));
        await UploadAsync(Pictures.Png(20), guild);
        await UploadAsync(Pictures.Gif(21), guild);
        await UploadAsync(Pictures.Png(22));

        await ExpectUsageAsync(colleague, games: 2, images: 2, Pictures.Png(20).Length + Pictures.Gif(21).Length);
    }

    [Test]
    public async Task The_usage_of_another_guild_is_403_and_a_malformed_guild_is_404()
    {
        await ProblemAsync(await colleague.GetAsync($"/api/v1/guilds/{Guild}/usage"), HttpStatusCode.Forbidden);
        foreach (var id in new[] { "x", "0", "99999999999999999999" })
            await ProblemAsync(await colleague.GetAsync($"/api/v1/guilds/{id}/usage"), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_problem_for_a_quota_names_the_quota_its_limit_and_its_use_and_nothing_is_stored()
    {
        await using var small = new Service(
            Database,
            ("Quotas:GuildMegabytes", "1"), ("Quotas:GuildImages", "2"), ("Quotas:GuildGames", "3"), ("Quotas:UnusedUploads", "2"));
        using var client = small.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = member.DefaultRequestHeaders.Authorization;
        var large = Pictures.Png(30, 600_000);
        var path = $"{Images}?guild_id={guild}";

        await JsonAsync(await client.PostAsync(path, new ByteArrayContent(large)), HttpStatusCode.Created);
        await ExpectAsync(
            await client.PostAsync(path, new ByteArrayContent(Pictures.Png(31, 600_000))),
            HttpStatusCode.RequestEntityTooLarge, "guild_bytes", 1024 * 1024, large.Length);

        await JsonAsync(await client.PostAsync(path, new ByteArrayContent(Pictures.Png(32))), HttpStatusCode.Created);
        await ExpectAsync(
            await client.PostAsync("/api/v1/games", GameForm(guild, Pictures.Png(33))),
            HttpStatusCode.RequestEntityTooLarge, "guild_images", 2, 2);
        await ExpectAsync(
            await client.PostAsync(Images, new ByteArrayContent(Pictures.Png(34))),
            HttpStatusCode.TooManyRequests, "unused_uploads", 2, 2);

        for (var game = 0; game < 3; game++)
            await JsonAsync(await client.PostAsync("/api/v1/games", GameForm(guild, Pictures.Png(32))), HttpStatusCode.Created);
        await ExpectAsync(
            await client.PostAsync("/api/v1/games", GameForm(guild)), HttpStatusCode.TooManyRequests, "guild_games", 3, 3);
        await ExpectUsageAsync(member, games: 3, images: 2, large.Length + Pictures.Png(32).Length);

        static async Task ExpectAsync(HttpResponseMessage response, HttpStatusCode status, string quota, long limit, long use)
        {
            var problem = await ProblemAsync(response, status);
            Assert.Multiple(() =>
            {
                Assert.That(Text(problem, "quota"), Is.EqualTo(quota));
                Assert.That(problem.GetProperty("limit").GetInt64(), Is.EqualTo(limit));
                Assert.That(problem.GetProperty("use").GetInt64(), Is.EqualTo(use));
                Assert.That(response.Headers.RetryAfter, Is.Null);
            });
        }
    }

    private async Task ExpectUsageAsync(HttpClient client, long games, long images, long bytes)
    {
        var usage = await JsonAsync(await client.GetAsync($"/api/v1/guilds/{guild}/usage"));
        Assert.That(
            usage.GetRawText(),
            Is.EqualTo(JsonSerializer.Serialize(new
            {
                guild_id = $"{guild}",
                games = new { use = games, limit = 100_000 },
                images = new { use = images, limit = 10_000 },
                bytes = new { use = bytes, limit = 5L * 1024 * 1024 * 1024 },
            })));
    }

    private HttpClient Client(string user, params long[] guilds)
    {
        var client = Service.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token(guilds, token => token.Claims["sub"] = user));
        return client;
    }

    private Task<string> UploadAsync(byte[] image, long? forGuild = null) => UploadAsync(member, image, forGuild);

    private static async Task<string> UploadAsync(HttpClient client, byte[] image, long? forGuild = null) => Id(await JsonAsync(
        await client.PostAsync(forGuild is null ? Images : $"{Images}?guild_id={forGuild}", new ByteArrayContent(image)),
        HttpStatusCode.Created));

    /// <returns>The id of the image that a new game shows.</returns>
    private async Task<string> ShowAsync(HttpClient client, byte[] image, long? inGuild = null) => Text(
        await JsonAsync(await client.PostAsync("/api/v1/games", GameForm(inGuild ?? guild, image)), HttpStatusCode.Created),
        "thumbnail_id")!;

    private static MultipartFormDataContent GameForm(long guild, byte[]? thumbnail = null)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent($"{guild}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Root"), "title" },
            { new StringContent("2026-02-07T19:30:00Z"), "scheduled_at" },
        };
        if (thumbnail is not null)
            form.Add(new ByteArrayContent(thumbnail), "thumbnail", "x");
        return form;
    }

    private async Task<JsonElement[]> ItemsAsync(string query)
    {
        using var response = await member.GetAsync($"{Images}{query}");
        return [.. (await JsonAsync(response)).GetProperty("items").EnumerateArray()];
    }

    private static string Id(JsonElement image) => Text(image, "id")!;
}
