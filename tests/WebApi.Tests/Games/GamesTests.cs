using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

public sealed class GamesTests : ServiceTests
{
    [Test]
    public async Task A_game_is_created_from_JSON()
    {
        // A double cannot represent this number.
        using var host = Service.CreateClient([]);
        host.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", Service.Token([Guild], token => token.Claims["sub"] = "9007199254740993"));
        using var response = await host.PostAsJsonAsync("/api/v1/games", new
        {
            guild_id = "42",
            channel_id = "5",
            host_id = "9007199254740993",
            host_name = "Ada",
            title = "Dune: Imperium",
            description = "Bring snacks.",
            signup_instructions = "React.",
            location = "Kitchen",
            scheduled_at = "2026-02-07T20:30:00+01:00",
            expected_duration_minutes = 150,
            max_players = 4,
        });
        var game = await JsonAsync(response, HttpStatusCode.Created);

        Assert.Multiple(() =>
        {
            Assert.That(response.Headers.Location?.AbsolutePath, Is.EqualTo($"/api/v1/games/{Text(game, "id")}"));
            Assert.That(response.Headers.ETag, Is.Not.Null);
            Assert.That(
                game.EnumerateObject().Select(field => field.Name),
                Is.EqualTo(
                    new[]
                    {
                        "id",
                        "guild_id",
                        "channel_id",
                        "host_id",
                        "host_name",
                        "title",
                        "description",
                        "signup_instructions",
                        "location",
                        "scheduled_at",
                        "expected_duration_minutes",
                        "max_players",
                        "status",
                        "thumbnail_id",
                        "banner_image_id",
                        "thumbnail",
                        "banner",
                        "thumbnail_alt",
                        "banner_alt",
                        "created_at",
                        "updated_at",
                    }));
            Assert.That(Text(game, "host_id"), Is.EqualTo("9007199254740993"));
            Assert.That(Text(game, "scheduled_at"), Is.EqualTo("2026-02-07T19:30:00Z"));
            Assert.That(game.GetProperty("max_players").GetInt32(), Is.EqualTo(4));
            Assert.That(Text(game, "status"), Is.EqualTo("scheduled"));
            Assert.That(Text(game, "thumbnail_id"), Is.Null);
        });
    }

    [Test]
    public async Task A_game_is_created_from_a_form_and_its_images_are_public()
    {
        var thumbnail = Pictures.Png(1);
        var banner = Pictures.Gif(1);
        var game = await CreateAsync(thumbnail, banner);

        Assert.That(await Anybody.GetByteArrayAsync($"/api/v1/public/images/{Text(game, "thumbnail_id")}"), Is.EqualTo(thumbnail));
        Assert.That(await Anybody.GetByteArrayAsync($"/api/v1/public/images/{Text(game, "banner_image_id")}.gif"), Is.EqualTo(banner));
    }

    [Test]
    public async Task A_line_break_is_one_character_in_every_encoding_of_a_form()
    {
        using var form = Form();
        form.Add(new StringContent($"{new string('x', 1998)}\r\nx"), "description");
        using var response = await Member.PostAsync("/api/v1/games", form);

        Assert.That(Text(await JsonAsync(response, HttpStatusCode.Created), "description"), Is.EqualTo($"{new string('x', 1998)}\nx"));
    }

    [Test]
    public async Task Games_with_the_same_images_store_them_once_and_deleting_the_last_game_deletes_them()
    {
        var thumbnail = Pictures.Png(2);
        var banner = Pictures.Png(3);
        var first = await CreateAsync(thumbnail, banner);
        var second = await CreateAsync(thumbnail, banner);
        var ids = new[] { Text(first, "thumbnail_id"), Text(first, "banner_image_id") };
        Assert.That(new[] { Text(second, "thumbnail_id"), Text(second, "banner_image_id") }, Is.EqualTo(ids));

        using (var deleted = await Member.DeleteAsync($"/api/v1/games/{Text(first, "id")}"))
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var id in ids)
            Assert.That((await Anybody.GetAsync($"/api/v1/public/images/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Member.DeleteAsync($"/api/v1/games/{Text(second, "id")}");
        foreach (var id in ids)
            await ProblemAsync(await Anybody.GetAsync($"/api/v1/public/images/{id}"), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_form_changes_the_fields_and_images_that_it_contains_and_nothing_else()
    {
        var before = await CreateAsync(Pictures.Png(4), Pictures.Png(5));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Terraforming Mars"), "title" },
            { new StringContent("true"), "remove_banner" },
            { new StringContent("6"), "max_players" },
            { new ByteArrayContent(Pictures.Png(6)), "thumbnail", "a.png" },
        };
        var after = await JsonAsync(await Member.PatchAsync($"/api/v1/games/{Text(before, "id")}", form));

        Assert.Multiple(() =>
        {
            Assert.That(Text(after, "title"), Is.EqualTo("Terraforming Mars"));
            Assert.That(after.GetProperty("max_players").GetInt32(), Is.EqualTo(6));
            Assert.That(Text(after, "scheduled_at"), Is.EqualTo(Text(before, "scheduled_at")));
            Assert.That(Text(after, "thumbnail_id"), Is.Not.Null.And.Not.EqualTo(Text(before, "thumbnail_id")));
            Assert.That(Text(after, "banner_image_id"), Is.Null);
        });
    }

    [Test]
    public async Task A_file_that_the_user_did_not_choose_changes_nothing()
    {
        var before = await CreateAsync(Pictures.Png(13));
        var form = new StringContent(
            "--b\r\nContent-Disposition: form-data; name=\"thumbnail\"; filename=\"\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        var after = await JsonAsync(await Member.PatchAsync($"/api/v1/games/{Text(before, "id")}", form));

        Assert.That(Text(after, "thumbnail_id"), Is.EqualTo(Text(before, "thumbnail_id")));
    }

    [Test]
    public async Task JSON_changes_fields_clears_with_null_and_moves_the_status()
    {
        var game = await CreateAsync();
        var path = $"/api/v1/games/{Text(game, "id")}";
        await Member.PatchAsJsonAsync(path, new { location = "Kitchen" });
        var after = await JsonAsync(await Member.PatchAsJsonAsync(path, new { location = (string?)null, status = "in_progress" }));

        Assert.Multiple(() =>
        {
            Assert.That(Text(after, "location"), Is.Null);
            Assert.That(Text(after, "status"), Is.EqualTo("in_progress"));
            Assert.That(Text(after, "title"), Is.EqualTo("Dune: Imperium"));
        });
    }

    [TestCase("thumbnail", "thumbnail_id")]
    [TestCase("banner", "banner_image_id")]
    public async Task An_image_is_set_from_a_plain_body_and_removed(string slot, string field)
    {
        var game = await CreateAsync();
        var path = $"/api/v1/games/{Text(game, "id")}/{slot}";
        var picture = Pictures.Png(7);
        var after = await JsonAsync(
            await Member.PutAsync(path, new ByteArrayContent(picture) { Headers = { ContentType = new("text/html") } }));
        var again = await JsonAsync(await Member.PutAsync(path, new ByteArrayContent(picture)));
        Assert.That(Text(again, field), Is.EqualTo(Text(after, field)));

        using (var image = await Anybody.GetAsync($"/api/v1/public/images/{Text(after, field)}"))
        {
            Assert.That(image.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/png"));
            Assert.That(await image.Content.ReadAsByteArrayAsync(), Is.EqualTo(picture));
        }

        Assert.That((await Member.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Text(await JsonAsync(await Member.GetAsync($"/api/v1/games/{Text(game, "id")}")), field), Is.Null);
    }

    [Test]
    public async Task A_clone_is_another_game_with_the_same_images()
    {
        var game = await CreateAsync(Pictures.Png(8));
        using var response = await Member.PostAsync($"/api/v1/games/{Text(game, "id")}/clone", null);
        var copy = await JsonAsync(response, HttpStatusCode.Created);

        Assert.That(Text(copy, "id"), Is.Not.EqualTo(Text(game, "id")));
        Assert.That(Text(copy, "thumbnail_id"), Is.EqualTo(Text(game, "thumbnail_id")));
        Assert.That(response.Headers.Location?.AbsolutePath, Does.EndWith(Text(copy, "id")!));
    }

    [Test]
    public async Task A_change_of_an_older_version_is_rejected()
    {
        var game = await CreateAsync(Pictures.Png(9));
        var path = $"/api/v1/games/{Text(game, "id")}";
        using var read = await Member.GetAsync(path);
        var tag = read.Headers.ETag!;
        Assert.That(
            (await SendAsync(HttpMethod.Patch, path, tag, JsonContent.Create(new { title = "First" }))).StatusCode,
            Is.EqualTo(HttpStatusCode.OK));

        await ProblemAsync(
            await SendAsync(HttpMethod.Patch, path, tag, JsonContent.Create(new { title = "Second" })),
            HttpStatusCode.PreconditionFailed);
        await ProblemAsync(
            await SendAsync(HttpMethod.Put, $"{path}/thumbnail", tag, new ByteArrayContent(Pictures.Png(10))),
            HttpStatusCode.PreconditionFailed);
        await ProblemAsync(await SendAsync(HttpMethod.Delete, $"{path}/thumbnail", tag, null), HttpStatusCode.PreconditionFailed);
        await ProblemAsync(await SendAsync(HttpMethod.Delete, path, tag, null), HttpStatusCode.PreconditionFailed);
        await ProblemAsync(
            await SendAsync(HttpMethod.Patch, path, new EntityTagHeaderValue("\"0\"", isWeak: true), JsonContent.Create(new { })),
            HttpStatusCode.PreconditionFailed);

        Assert.That(
            (await SendAsync(HttpMethod.Patch, path, EntityTagHeaderValue.Any, JsonContent.Create(new { title = "Third" }))).StatusCode,
            Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_game_that_the_client_already_has_is_not_sent_again()
    {
        var path = $"/api/v1/games/{Text(await CreateAsync(), "id")}";
        using var read = await Member.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { read.Headers.ETag! } } };
        using var again = await Member.SendAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(again.Headers.ETag, Is.EqualTo(read.Headers.ETag));
        });
    }

    [TestCase("{{{0}}}")]
    [TestCase("({0})")]
    [TestCase("%20{0}")]
    [TestCase("{0}%00")]
    public async Task An_id_in_another_form_is_not_found(string form)
    {
        var id = Text(await CreateAsync(), "id");
        using var other = await Member.DeleteAsync($"/api/v1/games/{string.Format(form, id)}");
        using var dashless = await Member.DeleteAsync($"/api/v1/games/{id!.Replace("-", "")}");

        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(dashless.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Member.GetAsync($"/api/v1/games/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Another_guild_sees_and_changes_nothing()
    {
        using var stranger = Service.CreateClient(43);
        var game = await CreateAsync(Pictures.Png(11));
        var path = $"/api/v1/games/{Text(game, "id")}";
        var before = await RowsAsync();

        await ProblemAsync(await stranger.GetAsync(path), HttpStatusCode.NotFound);
        await ProblemAsync(await stranger.PatchAsJsonAsync(path, new { title = "Mine" }), HttpStatusCode.NotFound);
        await ProblemAsync(await stranger.PutAsync($"{path}/banner", new ByteArrayContent(Pictures.Png(12))), HttpStatusCode.NotFound);
        await ProblemAsync(await stranger.DeleteAsync($"{path}/thumbnail"), HttpStatusCode.NotFound);
        await ProblemAsync(await stranger.PostAsync($"{path}/clone", null), HttpStatusCode.NotFound);
        await ProblemAsync(await stranger.DeleteAsync(path), HttpStatusCode.NotFound);
        await ProblemAsync(await stranger.PostAsJsonAsync("/api/v1/games", Game()), HttpStatusCode.Forbidden);
        Assert.That(
            (await JsonAsync(await stranger.GetAsync("/api/v1/games?guild_id=42"))).GetProperty("items").GetArrayLength(),
            Is.Zero);
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, EntityTagHeaderValue ifMatch, HttpContent? content) =>
        Member.SendAsync(new HttpRequestMessage(method, path) { Headers = { IfMatch = { ifMatch } }, Content = content });
}
