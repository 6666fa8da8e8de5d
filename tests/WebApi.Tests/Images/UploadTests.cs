using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

/// <summary>Uploads: images that members hold until games show them.</summary>
public sealed class UploadTests : ServiceTests
{
    private const string Images = "/api/v1/images";
    private const string ForeignGuild = "43";

    private HttpClient colleague = null!;

    [OneTimeSetUp]
    public void Join() => colleague = Client("8");

    [OneTimeTearDown]
    public void Leave() => colleague.Dispose();

    [Test]
    public async Task An_upload_is_public_and_says_what_was_stored_and_when_it_ends()
    {
        var picture = Pictures.Gif(1);
        using var response = await UploadAsync(picture);
        var upload = await JsonAsync(response, HttpStatusCode.Created);

        Assert.Multiple(() =>
        {
            Assert.That(
                upload.EnumerateObject().Select(field => field.Name),
                Is.EqualTo(new[] { "id", "width", "height", "mime_type", "byte_length", "expires_at" }));
            Assert.That(upload.GetProperty("width").GetInt32(), Is.EqualTo(1));
            Assert.That(upload.GetProperty("height").GetInt32(), Is.EqualTo(1));
            Assert.That(Text(upload, "mime_type"), Is.EqualTo("image/gif"));
            Assert.That(upload.GetProperty("byte_length").GetInt32(), Is.EqualTo(picture.Length));
            Assert.That(
                upload.GetProperty("expires_at").GetDateTime(), Is.EqualTo(DateTime.UtcNow.AddHours(24)).Within(TimeSpan.FromMinutes(5)));
            Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(
                response.Headers.Location,
                Is.EqualTo(new Uri(Service.ClientOptions.BaseAddress, $"/api/v1/public/images/{Text(upload, "id")}.gif")));
        });
        Assert.That(await Anybody.GetByteArrayAsync(response.Headers.Location), Is.EqualTo(picture));
    }

    [TestCase("name=\"image\"")]
    [TestCase("name=\"image\"; filename=\"\"")]
    [TestCase("name=\"image\"; filename=\"a.png\"")]
    [TestCase("name=\"file\"; filename=\"a.png\"")]
    public async Task A_form_has_one_image_with_or_without_a_file_name(string disposition)
    {
        var picture = Pictures.Png(2);
        var upload = await JsonAsync(await Member.PostAsync(Images, Form(("name=\"guild_id\"", "42"u8.ToArray()), (disposition, picture))),
            HttpStatusCode.Created);
        Assert.That(await Anybody.GetByteArrayAsync($"/api/v1/public/images/{Text(upload, "id")}"), Is.EqualTo(picture));
    }

    [Test]
    public async Task A_form_without_an_image_or_with_a_second_one_is_rejected_and_stores_nothing()
    {
        var before = await RowsAsync();
        await ProblemAsync(
            await Member.PostAsync(Images, Form(("name=\"guild_id\"", "42"u8.ToArray()))), HttpStatusCode.BadRequest, "image");
        await ProblemAsync(await Member.PostAsync(Images, Form(("name=\"image\"", []))), HttpStatusCode.BadRequest, "image");
        await ProblemAsync(
            await Member.PostAsync(Images, Form(("name=\"image\"", Pictures.Png(3)), ("name=\"image\"", Pictures.Png(4)))),
            HttpStatusCode.BadRequest, "image");

        // Three such images need more memory than the longest body may have.
        var long3 = Pictures.Png(5, 3_500_000);
        await ProblemAsync(
            await Member.PostAsync(Images, Form([.. "abc".Select(name => ($"name=\"{name}\"; filename=\"x\"", long3))])),
            HttpStatusCode.BadRequest, "b");
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("guild_id=x", "guild_id")]
    [TestCase("guild_id=42&guild_id=42", "guild_id")]
    [TestCase("guild=42", "guild")]
    [TestCase("thumbnail_id=42", "thumbnail_id")]
    public async Task A_field_that_is_unknown_malformed_or_repeated_is_rejected(string query, string field)
    {
        await ProblemAsync(
            await Member.PostAsync($"{Images}?{query}", new ByteArrayContent(Pictures.Png(6))), HttpStatusCode.BadRequest, field);

        var fields = query.Split('&').Select(each => each.Split('='))
            .Select(each => ($"name=\"{each[0]}\"", Encoding.ASCII.GetBytes(each[1])));
        await ProblemAsync(
            await Member.PostAsync(Images, Form([.. fields, ("name=\"image\"", Pictures.Png(6))])), HttpStatusCode.BadRequest, field);
    }

    [Test]
    public async Task The_guild_is_in_the_query_or_in_the_form_and_not_in_both()
    {
        await JsonAsync(
            await Member.PostAsync($"{Images}?guild_id=42", Form(("name=\"image\"", Pictures.Png(7)))), HttpStatusCode.Created);
        Assert.That(await GuildsAsync(7), Is.EqualTo(new long?[] { Guild }));

        await JsonAsync(await UploadAsync(Pictures.Png(8)), HttpStatusCode.Created);
        Assert.That(await GuildsAsync(8), Is.EqualTo(new long?[] { null }));

        await ProblemAsync(
            await Member.PostAsync(
                $"{Images}?guild_id=42", Form(("name=\"guild_id\"", "42"u8.ToArray()), ("name=\"image\"", Pictures.Png(7)))),
            HttpStatusCode.BadRequest, "guild_id");
    }

    [Test]
    public async Task A_guild_of_which_the_caller_is_no_member_is_403()
    {
        var before = await RowsAsync();
        await ProblemAsync(
            await Member.PostAsync($"{Images}?guild_id={ForeignGuild}", new ByteArrayContent(Pictures.Png(9))), HttpStatusCode.Forbidden);
        var foreign = Encoding.ASCII.GetBytes(ForeignGuild);
        await ProblemAsync(
            await Member.PostAsync(Images, Form(("name=\"guild_id\"", foreign), ("name=\"image\"", Pictures.Png(9)))),
            HttpStatusCode.Forbidden);
        await ProblemAsync(
            await Member.PostAsync(Images, Form(("name=\"image\"", Pictures.Png(9)), ("name=\"guild_id\"", foreign))),
            HttpStatusCode.Forbidden);
        await ProblemAsync(
            await Member.PostAsync($"{Images}?guild_id={ForeignGuild}", Form(("name=\"image\"", Pictures.Png(9)))),
            HttpStatusCode.Forbidden);
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_body_that_is_no_image_is_refused_like_the_image_of_a_game()
    {
        await ProblemAsync(await UploadAsync([]), HttpStatusCode.UnprocessableEntity);
        await ProblemAsync(await UploadAsync("<svg/>"u8.ToArray()), HttpStatusCode.UnsupportedMediaType);
        await ProblemAsync(await UploadAsync(Pictures.Png(1)[..^20]), HttpStatusCode.UnprocessableEntity);
        await ProblemAsync(await UploadAsync(Pictures.Png(1, 5 * 1024 * 1024)), HttpStatusCode.RequestEntityTooLarge);
        await ProblemAsync(await Member.PostAsync(Images, null), HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task Uploading_the_same_image_again_renews_the_upload_and_adds_no_reference()
    {
        var first = await JsonAsync(await UploadAsync(Pictures.Png(10)), HttpStatusCode.Created);
        await Database.ExecuteAsync(
            "UPDATE image_uploads SET expires_at = now() + interval '1 hour' WHERE image_id = @id", new { id = Id(first) });
        var again = await JsonAsync(await UploadAsync(Pictures.Png(10)), HttpStatusCode.Created);

        Assert.That(Id(again), Is.EqualTo(Id(first)));
        Assert.That(
            again.GetProperty("expires_at").GetDateTime(), Is.EqualTo(DateTime.UtcNow.AddHours(24)).Within(TimeSpan.FromMinutes(5)));
        Assert.That(await ReferencesAsync(first), Is.EqualTo(1));

        await JsonAsync(await colleague.PostAsync(Images, new ByteArrayContent(Pictures.Png(10))), HttpStatusCode.Created);
        Assert.That(await ReferencesAsync(first), Is.EqualTo(2));
    }

    [Test]
    public async Task Ending_the_last_upload_deletes_the_image_unless_a_game_shows_it()
    {
        var unused = await JsonAsync(await UploadAsync(Pictures.Png(11)), HttpStatusCode.Created);
        Assert.That((await Member.DeleteAsync($"{Images}/{Text(unused, "id")}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await ProblemAsync(await Anybody.GetAsync($"/api/v1/public/images/{Text(unused, "id")}"), HttpStatusCode.NotFound);
        await ProblemAsync(await Member.DeleteAsync($"{Images}/{Text(unused, "id")}"), HttpStatusCode.NotFound);

        var used = await JsonAsync(await UploadAsync(Pictures.Png(12)), HttpStatusCode.Created);
        await CreateAsync(Pictures.Png(12));
        Assert.That(await ReferencesAsync(used), Is.EqualTo(2));
        await Member.DeleteAsync($"{Images}/{Text(used, "id")}");
        Assert.That(await ReferencesAsync(used), Is.EqualTo(1));
        Assert.That(
            (await Anybody.GetAsync($"/api/v1/public/images/{Text(used, "id")}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Another_member_s_upload_cannot_be_ended_and_the_response_does_not_tell_that_it_exists()
    {
        var upload = await JsonAsync(await UploadAsync(Pictures.Png(13)), HttpStatusCode.Created);
        var unknown = Guid.NewGuid();
        var ofOther = await ProblemAsync(await colleague.DeleteAsync($"{Images}/{Text(upload, "id")}"), HttpStatusCode.NotFound);
        var ofNobody = await ProblemAsync(await colleague.DeleteAsync($"{Images}/{unknown}"), HttpStatusCode.NotFound);

        Assert.That(
            Text(ofOther, "detail")!.Replace(Text(upload, "id")!, ""), Is.EqualTo(Text(ofNobody, "detail")!.Replace($"{unknown}", "")));
        Assert.That(await ReferencesAsync(upload), Is.EqualTo(1));
        await ProblemAsync(await Member.DeleteAsync($"{Images}/nonsense"), HttpStatusCode.NotFound);
    }

    private HttpClient Client(string user)
    {
        var client = Service.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token([Guild], token => token.Claims["sub"] = user));
        return client;
    }

    private Task<HttpResponseMessage> UploadAsync(byte[] image) => Member.PostAsync(Images, new ByteArrayContent(image));

    private static Guid Id(JsonElement upload) => upload.GetProperty("id").GetGuid();

    private Task<int> ReferencesAsync(JsonElement upload) =>
        Database.SingleAsync<int>("SELECT reference_count FROM game_images WHERE id = @id", new { id = Id(upload) });

    /// <returns>The guilds for which members hold the image.</returns>
    private Task<List<long?>> GuildsAsync(int picture) => Database.QueryAsync<long?>(
        "SELECT guild_id FROM image_uploads JOIN game_images ON game_images.id = image_id WHERE content_hash = @hash",
        new { hash = Pictures.Content(picture).Hash.ToDigest() });

    private static ByteArrayContent Form(params (string Disposition, byte[] Bytes)[] parts)
    {
        var body = parts.SelectMany(part => (byte[])
        [
            .. Encoding.ASCII.GetBytes($"--b\r\nContent-Disposition: form-data; {part.Disposition}\r\n\r\n"), .. part.Bytes, .. "\r\n"u8,
        ]);
        return new([.. body, .. "--b--\r\n"u8])
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") },
        };
    }
}
