using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>Expects an error, and unchanged rows, after each request.</summary>
public sealed class BadInputTests : ServiceTests
{
    private const int MaxBytes = 5 * 1024 * 1024;

    private string game = "";
    private string rows = "";

    [OneTimeSetUp]
    public async Task Create_a_game() => game = $"/api/v1/games/{Text(await CreateAsync(Pictures.Png(1)), "id")}";

    [SetUp]
    public async Task Remember_the_rows() => rows = await RowsAsync();

    [TearDown]
    public async Task Expect_the_same_rows() => Assert.That(await RowsAsync(), Is.EqualTo(rows));

    [TestCase("""{"guild_id":"42","channel_id":"5","scheduled_at":"2026-02-07T19:30:00Z"}""", "title")]
    [TestCase(
        """{"guild_id":42,"channel_id":"five","title":7,"scheduled_at":"tomorrow","max_players":"4","status":"done"}""",
        "guild_id",
        "channel_id",
        "title",
        "scheduled_at",
        "max_players",
        "status")]
    [TestCase("""{"guild_id":"42","channel_id":"5","title":"x","scheduled_at":"2026-02-07T19:30:00"}""", "scheduled_at")]
    [TestCase("""{"guild_id":"42","channel_id":"5","title":"x","scheduled_at":"0001-01-01T00:00:00Z"}""", "scheduled_at")]
    [TestCase("""{"guild_id":"42","channel_id":"5","title":"x","scheduled_at":"9999-12-31T23:59:59.9999999Z"}""", "scheduled_at")]
    [TestCase("""{"guild_id":"42\u0000","channel_id":"5","title":"x","scheduled_at":"2026-02-07T19:30:00Z"}""", "guild_id")]
    [TestCase(
        """
        {"guild_id":"42","channel_id":"5","title":" ","scheduled_at":"2026-02-07T19:30:00Z",
        "max_players":101,"expected_duration_minutes":0}
        """,
        "title", "max_players", "expected_duration_minutes")]
    [TestCase("""{"guild_id":"42","channel_id":"5","title":"x\u0000y","scheduled_at":"2026-02-07T19:30:00Z"}""", "title")]
    [TestCase("""{"guild_id":"42","channel_id":"5","title":" \u200b\u3164","scheduled_at":"2026-02-07T19:30:00Z"}""", "title")]
    [TestCase("""{"guild_id":"42","channel_id":"5","title":"\ud800","scheduled_at":"2026-02-07T19:30:00Z"}""", "title")]
    [TestCase(
        """{"guild_id":"42","id":"1","thumbnail":"x","thumbnail_id":7,"Title":"x","images":{}}""",
        "id",
        "thumbnail",
        "thumbnail_id",
        "Title",
        "images")]
    public async Task The_error_names_fields_that_are_unknown_wrong_or_beyond_their_limits(string json, params string[] fields) =>
        await ProblemAsync(await PostJsonAsync(json), HttpStatusCode.BadRequest, fields);

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"x\"")]
    [TestCase("""{"title":"x","title":"y"}""")]
    [TestCase("""{"\ud800":1}""")]
    public async Task A_body_that_is_not_a_JSON_object_is_rejected(string json) =>
        await ProblemAsync(await PostJsonAsync(json), HttpStatusCode.BadRequest);

    [Test]
    public async Task Text_that_is_too_long_is_rejected() =>
        await ProblemAsync(
            await PostJsonAsync(
                $$"""{"guild_id":"42","channel_id":"5","title":"{{new string('x', 201)}}","scheduled_at":"2026-02-07T19:30:00Z"}"""),
            HttpStatusCode.BadRequest,
            "title");

    [Test]
    public async Task A_body_of_another_type_is_rejected() =>
        await ProblemAsync(await Member.PostAsync("/api/v1/games", new StringContent("x")), HttpStatusCode.UnsupportedMediaType);

    [TestCase("multipart/form-data")]
    [TestCase("multipart/form-data; boundary=\"\"")]
    public async Task A_form_without_a_boundary_is_rejected(string type) =>
        await ProblemAsync(await PostFormAsync(type, "--b\r\n\r\n"), HttpStatusCode.BadRequest);

    [TestCase("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx")]
    [TestCase("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--b\r\n")]
    [TestCase("--b\r\nContent-Disposition: form-data; name=\"title\"")]
    [TestCase("")]
    public async Task A_form_without_its_final_boundary_is_rejected(string body) =>
        await ProblemAsync(await PostFormAsync("multipart/form-data; boundary=b", body), HttpStatusCode.BadRequest);

    [Test]
    public async Task A_part_without_a_name_is_rejected() =>
        await ProblemAsync(
            await PostFormAsync("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n"),
            HttpStatusCode.BadRequest);

    [Test]
    public async Task Text_that_is_not_UTF_8_is_rejected()
    {
        using var form = Form();
        form.Add(new ByteArrayContent([0xFF, 0xFE]), "description");
        await ProblemAsync(await Member.PostAsync("/api/v1/games", form), HttpStatusCode.BadRequest, "description");
    }

    [Test]
    public async Task JSON_that_is_not_UTF_8_is_rejected()
    {
        var body = Encoding.Latin1.GetBytes(
            "{\"guild_id\":\"42\",\"channel_id\":\"5\",\"scheduled_at\":\"2026-02-07T19:30:00Z\",\"title\":\"\u00FF\"}");
        await ProblemAsync(
            await Member.PostAsync("/api/v1/games", new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }),
            HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Two_files_in_one_field_are_rejected()
    {
        using var form = Form(Pictures.Png(2));
        form.Add(new ByteArrayContent(Pictures.Png(3)), "thumbnail", "second.png");
        await ProblemAsync(await Member.PostAsync("/api/v1/games", form), HttpStatusCode.BadRequest, "thumbnail");
    }

    [Test]
    public async Task A_file_field_that_is_text_is_rejected()
    {
        using var form = Form();
        form.Add(new StringContent("x"), "banner");
        await ProblemAsync(await Member.PostAsync("/api/v1/games", form), HttpStatusCode.BadRequest, "banner");
    }

    [Test]
    public async Task A_text_field_that_is_a_file_is_rejected()
    {
        using var form = Form();
        form.Add(new StringContent("x"), "description", "description.txt");
        await ProblemAsync(await Member.PostAsync("/api/v1/games", form), HttpStatusCode.BadRequest, "description");
    }

    [Test]
    public async Task Removing_and_sending_an_image_at_once_is_rejected()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("true"), "remove_thumbnail" },
            { new ByteArrayContent(Pictures.Png(4)), "thumbnail", "x" },
        };
        await ProblemAsync(await Member.PatchAsync(game, form), HttpStatusCode.BadRequest, "remove_thumbnail");
    }

    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [TestCase("<!doctype html><script>alert(1)</script>")]
    [TestCase("%PDF-1.7")]
    [TestCase("x")]
    public async Task A_file_in_another_format_is_rejected(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await ProblemAsync(
            await Member.PutAsync($"{game}/thumbnail", new ByteArrayContent(bytes) { Headers = { ContentType = new("image/png") } }),
            HttpStatusCode.UnsupportedMediaType);
        await ProblemAsync(await Member.PostAsync("/api/v1/games", Form(bytes)), HttpStatusCode.UnsupportedMediaType);
    }

    [Test]
    public async Task Empty_broken_and_huge_images_are_rejected()
    {
        foreach (
            var bytes in new byte[][]
            {
                [],
                Pictures.Png(5)[..20],
                [.. Pictures.Gif(1)[..6], 0x01, 0x10, 0x01, 0x00, .. Pictures.Gif(1)[10..]],
            })
        {
            await ProblemAsync(await Member.PutAsync($"{game}/banner", new ByteArrayContent(bytes)), HttpStatusCode.UnprocessableEntity);
            await ProblemAsync(await Member.PostAsync("/api/v1/games", Form(banner: bytes)), HttpStatusCode.UnprocessableEntity);
        }
    }

    [Test]
    public async Task An_image_whose_announced_length_is_too_long_is_rejected_before_it_is_sent() =>
        Assert.That(await FirstLineAsync($"Content-Length: {MaxBytes + 1}"), Is.EqualTo("HTTP/1.1 413 Payload Too Large"));

    [Test]
    public async Task An_image_that_turns_out_too_long_is_rejected_before_the_rest_is_read() =>
        Assert.That(
            await FirstLineAsync($"Transfer-Encoding: chunked\r\n\r\n{1L << 30:X}", new byte[MaxBytes + 1]),
            Is.EqualTo("HTTP/1.1 413 Payload Too Large"));

    [Test]
    public async Task An_image_of_exactly_the_limit_is_stored_and_one_more_byte_is_rejected()
    {
        var image = Pictures.Png(6, byteLength: 100_000);
        await using var exact = new Service(Database, ("Images:MaxBytes", $"{image.Length}"));
        await using var less = new Service(Database, ("Images:MaxBytes", $"{image.Length - 1}"));
        using var member = exact.CreateClient(Guild);
        using var rejected = less.CreateClient(Guild);

        await ProblemAsync(await rejected.PostAsync("/api/v1/games", Form(image)), HttpStatusCode.RequestEntityTooLarge);
        await ProblemAsync(await rejected.PutAsync($"{game}/banner", new ByteArrayContent(image)), HttpStatusCode.RequestEntityTooLarge);

        var kept = await JsonAsync(await member.PostAsync("/api/v1/games", Form(image)), HttpStatusCode.Created);
        Assert.That(await Anybody.GetByteArrayAsync($"/api/v1/public/images/{Text(kept, "thumbnail_id")}"), Is.EqualTo(image));
        await member.DeleteAsync($"/api/v1/games/{Text(kept, "id")}");
    }

    [TestCase("/api/v1/games/7")]
    [TestCase("/api/v1/games/00000000-0000-0000-0000-00000000000g")]
    [TestCase("/api/v1/games/00000000-0000-0000-0000-000000000000")]
    [TestCase("/api/v1/public/images/")]
    [TestCase("/api/v1/nothing")]
    public async Task A_missing_game_is_not_found(string path) =>
        await ProblemAsync(await Member.GetAsync(path), HttpStatusCode.NotFound);

    [Test]
    public async Task An_invalid_change_of_the_status_is_an_error_of_the_field() =>
        await ProblemAsync(
            await Member.PatchAsync(game, new StringContent("""{"status":"completed"}""", Encoding.UTF8, "application/json")),
            HttpStatusCode.BadRequest,
            "status");

    private Task<HttpResponseMessage> PostJsonAsync(string json) =>
        Member.PostAsync("/api/v1/games", new StringContent(json, Encoding.UTF8, "application/json"));

    private Task<HttpResponseMessage> PostFormAsync(string type, string body) =>
        Member.PostAsync(
            "/api/v1/games",
            new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });

    /// <summary>Sends a PUT with an image over a plain connection, and then waits without sending more.</summary>
    private async Task<string?> FirstLineAsync(string header, byte[]? body = null)
    {
        var address = Anybody.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT {game}/thumbnail HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"Authorization: {Member.DefaultRequestHeaders.Authorization}\r\n{header}\r\n{(body is null ? "\r\n" : "")}"));
        await stream.WriteAsync(body ?? []);

        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }
}
