using System.Net;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>Forms as clients write them (RFC 7578, RFC 2046). The bodies are sent byte for byte.</summary>
public sealed class FormTests : ServiceTests
{
    private const string Type = "multipart/form-data; boundary=b";

    private static readonly byte[] Picture = Pictures.Png(1);

    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"")]
    [TestCase("Content-Disposition: form-data; name=thumbnail")]
    [TestCase("content-disposition: Form-Data; NAME=\"thumbnail\"")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"; filename=\"\"")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"; filename=\"\"\r\nContent-Type: application/octet-stream")]
    [TestCase("Content-Disposition: form-data; filename=\"x.png\"; name=\"thumbnail\"")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"; filename*=UTF-8''x.png")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"\r\nContent-Type: image/svg+xml")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"\r\nContent-Type: text/plain; charset=utf-8")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"\r\nContent-Transfer-Encoding: binary")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"\r\nContent-Transfer-Encoding: 8BIT")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"\r\nX-Other: 1\r\nContent-Length: 5")]
    public async Task An_image_is_a_file_with_and_without_a_file_name(string headers)
    {
        var game = await JsonAsync(await PostAsync(Part(headers, Picture)), HttpStatusCode.Created);
        Assert.That(
            await Anybody.GetByteArrayAsync($"/api/v1/public/images/{Text(game, "thumbnail_id")}"), Is.EqualTo(Picture));
    }

    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"; filename=\"\"\r\nContent-Type: application/octet-stream")]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"")]
    public async Task An_empty_part_without_a_file_name_is_no_file(string headers)
    {
        var game = await JsonAsync(await PostAsync(Part(headers)), HttpStatusCode.Created);
        Assert.That(Text(game, "thumbnail_id"), Is.Null);

        // In a change, it leaves the image as it is.
        game = await CreateAsync(Picture);
        var changed = await JsonAsync(
            await SendAsync(HttpMethod.Patch, $"/api/v1/games/{Text(game, "id")}", Type, [.. Part(headers), .. End]));
        Assert.That(Text(changed, "thumbnail_id"), Is.EqualTo(Text(game, "thumbnail_id")));
    }

    [TestCase("Content-Disposition: form-data; name=\"banner\"; filename=\"x\"", "", 422)]
    [TestCase("Content-Disposition: form-data; name=\"banner\"; filename=\"x\"", "text", 415)]
    [TestCase("Content-Disposition: form-data; name=\"banner\"; filename=\"\"", "text", 415)]
    [TestCase("Content-Disposition: form-data; name=\"banner\"", "text", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"; filename=\"x.txt\"", "text", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"; filename=\"\"", "text", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"; filename*=UTF-8''x", "text", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Transfer-Encoding: base64", "eA==", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Transfer-Encoding: quoted-printable", "a=20b", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Encoding: gzip", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: application/json", "\"x\"", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: text/html", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: ;;", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: text/plain; charset=utf-16", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: text/plain; charset=utf-7", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: text/plain; charset=us-ascii", "\u00E9", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Type: multipart/mixed; boundary=c", "--c--", 400)]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"\r\nContent-Type: multipart/mixed; boundary=c", "--c--", 400)]
    [TestCase("Content-Disposition: form-data; name=\"thumbnail\"; filename=\"x\"\r\nContent-Transfer-Encoding: base64", "iVBO", 400)]
    [TestCase("Content-Disposition: form-data; name=\"_charset_\"", "iso-8859-1", 400)]
    [TestCase("Content-Disposition: form-data; name=\"Description\"", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"nothing\"", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"Thumbnail\"; filename=\"x.png\"", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"title\"", "a second title", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"; name=\"location\"", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"\"", "x", 400)]
    [TestCase("Content-Disposition: form-data; name*=UTF-8''description", "x", 400)]
    [TestCase("Content-Disposition: form-data", "x", 400)]
    [TestCase("Content-Disposition: attachment; name=\"description\"", "x", 400)]
    [TestCase("Content-Disposition: nonsense;;", "x", 400)]
    [TestCase("Content-Disposition: form-data; name=\"description\"\r\nContent-Disposition: form-data; name=\"location\"", "x", 400)]
    [TestCase("Content-Disposition form-data", "x", 400)]
    public async Task A_part_that_declares_something_else_is_rejected(string headers, string text, int status)
    {
        var rows = await RowsAsync();
        using var response = await PostAsync(Part(headers, Encoding.UTF8.GetBytes(text)));

        await ProblemAsync(response, (HttpStatusCode)status);
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [TestCase("", "Caf\u00C3\u00A9", "Caf\u00E9")]
    [TestCase("Content-Type: text/plain", "Caf\u00C3\u00A9", "Caf\u00E9")]
    [TestCase("Content-Type: text/plain; charset=UTF-8", "Caf\u00C3\u00A9", "Caf\u00E9")]
    [TestCase("Content-Type: text/plain; charset=\"utf-8\"", "Caf\u00C3\u00A9", "Caf\u00E9")]
    [TestCase("Content-Type: TEXT/PLAIN; charset=us-ascii", "Cafe", "Cafe")]
    [TestCase("Content-Type: text/plain; charset=ISO-8859-1", "Caf\u00E9", "Caf\u00E9")]
    [TestCase("Content-Transfer-Encoding: 8bit", "Caf\u00C3\u00A9", "Caf\u00E9")]
    public async Task A_text_is_read_in_the_charset_that_it_declares(string header, string bytes, string text)
    {
        var headers = $"Content-Disposition: form-data; name=\"description\"{(header == "" ? "" : $"\r\n{header}")}";
        var game = await JsonAsync(await PostAsync(Part(headers, Encoding.Latin1.GetBytes(bytes))), HttpStatusCode.Created);
        Assert.That(Text(game, "description"), Is.EqualTo(text));
    }

    [TestCase("utf-8")]
    [TestCase("UTF-8")]
    [TestCase("")]
    public async Task A_form_may_say_that_its_texts_are_UTF_8(string charset) =>
        await JsonAsync(
            await PostAsync(Part("Content-Disposition: form-data; name=\"_charset_\"", Encoding.ASCII.GetBytes(charset))),
            HttpStatusCode.Created);

    [TestCase("multipart/form-data; boundary=\"a=b\"", "a=b")]
    [TestCase("multipart/form-data; boundary=\"a b:/?\"", "a b:/?")]
    [TestCase("Multipart/Form-Data; Boundary=b", "b")]
    [TestCase("multipart/form-data; charset=utf-8; boundary=b", "b")]
    public async Task A_boundary_of_RFC_2046_is_accepted(string type, string boundary)
    {
        var body = Encoding.Latin1.GetString([.. Fields, .. End]).Replace("--b", $"--{boundary}", StringComparison.Ordinal);
        await JsonAsync(
            await SendAsync(HttpMethod.Post, "/api/v1/games", type, Encoding.Latin1.GetBytes(body)), HttpStatusCode.Created);
    }

    [TestCase("multipart/form-data; boundary=a=b", 400)]
    [TestCase("multipart/form-data; boundary=----=_Part_1_2.3", 400)]
    [TestCase("multipart/form-data; boundary=a:b", 400)]
    [TestCase("multipart/form-data;boundary=(a)", 400)]
    [TestCase("multipart/form-data", 400)]
    [TestCase("multipart/form-data; boundary=", 400)]
    [TestCase("multipart/form-data; boundary=\"\"", 400)]
    [TestCase("multipart/form-data; boundary=\"a;b\"", 400)]
    [TestCase("multipart/form-data; boundary=a*b", 400)]
    [TestCase("multipart/form-data; boundary=\"a \"", 400)]
    [TestCase("multipart/form-data; boundary=b; boundary=c", 400)]
    [TestCase("multipart/form-data; boundary=b; charset=utf-16", 415)]
    [TestCase("multipart/mixed; boundary=b", 415)]
    [TestCase("application/x-www-form-urlencoded", 415)]
    [TestCase("", 415)]
    public async Task Another_type_is_rejected_and_a_wrong_boundary_is_named(string type, int status)
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/v1/games", type, [.. Fields, .. End]);
        var problem = await ProblemAsync(response, (HttpStatusCode)status);
        if (status == 400)
            Assert.That(Text(problem, "detail"), Does.Contain("boundary"));
    }

    [Test]
    public async Task Text_before_and_after_the_form_is_ignored() =>
        await JsonAsync(
            await SendAsync(HttpMethod.Post, "/api/v1/games", Type, [.. "preamble\r\n"u8, .. Fields, .. End, .. "epilogue"u8]),
            HttpStatusCode.Created);

    [Test]
    public async Task A_form_that_is_not_written_as_RFC_2046_says_is_rejected()
    {
        var lines = Encoding.Latin1.GetString([.. Fields, .. End]).Replace("\r\n", "\n", StringComparison.Ordinal);

        foreach (var body in new byte[][]
        {
            Encoding.Latin1.GetBytes(lines),
            Fields,
            [.. Fields, .. "--c--\r\n"u8],
            [.. Fields, .. "--b\r\n"u8],
            [.. Fields, .. "--b"u8],
            [.. "--b\r\nContent-Disposition: form-data;\r\n name=\"title\"\r\n\r\nx\r\n"u8, .. End],
        })
        {
            await ProblemAsync(await SendAsync(HttpMethod.Post, "/api/v1/games", Type, body), HttpStatusCode.BadRequest);
        }
    }

    private static byte[] Fields =>
    [
        .. Part("Content-Disposition: form-data; name=\"guild_id\"", "42"u8),
        .. Part("Content-Disposition: form-data; name=\"channel_id\"", "5"u8),
        .. Part("Content-Disposition: form-data; name=\"title\"", "Root"u8),
        .. Part("Content-Disposition: form-data; name=\"scheduled_at\"", "2027-01-01T20:00:00Z"u8),
    ];

    private static byte[] End => "--b--\r\n"u8.ToArray();

    private static byte[] Part(string headers, ReadOnlySpan<byte> content = default) =>
        [.. "--b\r\n"u8, .. Encoding.UTF8.GetBytes(headers), .. "\r\n\r\n"u8, .. content, .. "\r\n"u8];

    private Task<HttpResponseMessage> PostAsync(byte[] part) =>
        SendAsync(HttpMethod.Post, "/api/v1/games", Type, [.. Fields, .. part, .. End]);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string type, byte[] body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Member.SendAsync(request);
    }
}
