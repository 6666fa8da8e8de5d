using System.Net.Sockets;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>
/// The service rejects a request that must fail with any body before it reads the body, and before it reserves memory for it.
/// </summary>
public sealed class EarlyResponseTests : ServiceTests
{
    private const long OtherGuild = 43;
    private const string FormType = "Content-Type: multipart/form-data; boundary=b";

    private const string FormForOtherGuild =
        "--b\r\nContent-Disposition: form-data; name=\"guild_id\"\r\n\r\n43\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"banner\"; filename=\"b\"\r\n\r\nGIF89a";

    private string game = "";

    [OneTimeSetUp]
    public async Task Create_a_game() => game = $"/api/v1/games/{Text(await CreateAsync(), "id")}";

    [TestCase("PUT", "/thumbnail", "", new[] { Guild }, "100 Continue")]
    [TestCase("PUT", "/banner", "If-Match: \"1\"", new[] { Guild }, "412 Precondition Failed")]
    [TestCase("PUT", "/banner", "", new[] { OtherGuild }, "404 Not Found")]
    [TestCase("PUT", "/thumbnail", "", new long[0], "404 Not Found")]
    [TestCase("PATCH", "", FormType, new[] { Guild }, "100 Continue")]
    [TestCase("PATCH", "", $"{FormType}\r\nIf-Match: \"1\"", new[] { Guild }, "412 Precondition Failed")]
    [TestCase("PATCH", "", FormType, new[] { OtherGuild }, "404 Not Found")]
    public async Task The_service_continues_with_an_image_only_if_the_game_can_be_changed(
        string method, string part, string header, long[] guilds, string expected)
    {
        using var client = await SendAsync(
            $"{method} {game}{part}", $"Expect: 100-continue\r\nContent-Length: 1000\r\n{header}", Service.Token(guilds));
        Assert.That(await FirstLineAsync(client), Is.EqualTo($"HTTP/1.1 {expected}"));
    }

    [TestCase(new[] { Guild }, "100 Continue")]
    [TestCase(new long[0], "403 Forbidden")]
    [TestCase(null, "401 Unauthorized")]
    public async Task The_service_continues_with_a_new_game_only_if_the_caller_can_create_one(long[]? guilds, string expected)
    {
        foreach (var type in new[] { FormType, "Content-Type: application/json" })
        {
            using var client = await SendAsync(
                "POST /api/v1/games",
                $"Expect: 100-continue\r\nContent-Length: 1000\r\n{type}",
                guilds is null ? "none" : Service.Token(guilds));
            Assert.That(await FirstLineAsync(client), Is.EqualTo($"HTTP/1.1 {expected}"), type);
        }
    }

    [TestCase("", "", new[] { Guild }, "100 Continue")]
    [TestCase("?guild_id=42", "", new[] { Guild }, "100 Continue")]
    [TestCase("?guild_id=43", "", new[] { Guild }, "403 Forbidden")]
    [TestCase("?guild_id=x", "", new[] { Guild }, "400 Bad Request")]
    [TestCase("", "Idempotency-Key: a b", new[] { Guild }, "400 Bad Request")]
    [TestCase("", "", new long[0], "403 Forbidden")]
    public async Task The_service_continues_with_an_upload_only_if_the_caller_can_upload_it(
        string query, string header, long[] guilds, string expected)
    {
        foreach (var type in new[] { FormType, "Content-Type: image/png" })
        {
            using var client = await SendAsync(
                $"POST /api/v1/images{query}",
                $"Expect: 100-continue\r\nContent-Length: 1000\r\n{type}\r\n{header}",
                Service.Token(guilds));
            Assert.That(await FirstLineAsync(client), Is.EqualTo($"HTTP/1.1 {expected}"), type);
        }
    }

    [Test]
    public async Task A_form_for_another_guild_is_rejected_before_its_file_is_read()
    {
        using var client = await SendAsync(
            "POST /api/v1/games", $"Content-Length: 100000\r\n{FormType}", Service.Token([Guild]), FormForOtherGuild);
        Assert.That(await FirstLineAsync(client), Is.EqualTo("HTTP/1.1 403 Forbidden"));
    }

    // The file never ends, so the service can respond only if it does not wait for the end.
    [TestCase("PUT", "/thumbnail", "Content-Type: image/gif", "GIF89a")]
    [TestCase("PUT", "/banner", "Content-Type: image/gif", "GIF89a")]
    [TestCase("PATCH", "", FormType, FormForOtherGuild)]
    [TestCase("POST", "/clone", "Content-Type: image/gif", "GIF89a")]
    public async Task An_endless_file_for_a_game_of_another_guild_is_rejected_while_it_arrives(
        string method, string part, string type, string start)
    {
        var expected = "HTTP/1.1 404 Not Found";
        Assert.That(await SendEndlessFileAsync($"{method} {game}{part}", type, Service.Token([OtherGuild]), start), Is.EqualTo(expected));
    }

    [TestCase("/api/v1/games")]
    [TestCase("/api/v1/images")]
    public async Task An_endless_file_in_a_form_for_another_guild_is_rejected_while_it_arrives(string path) =>
        Assert.That(
            await SendEndlessFileAsync($"POST {path}", FormType, Service.Token([Guild]), FormForOtherGuild),
            Is.EqualTo("HTTP/1.1 403 Forbidden"));

    // Shows that the service reads an endless file up to the limit if the game can be changed.
    [Test]
    public async Task An_endless_file_for_a_game_of_the_caller_is_rejected_when_it_is_too_long() =>
        Assert.That(
            await SendEndlessFileAsync($"PUT {game}/thumbnail", "Content-Type: image/gif", Service.Token([Guild]), "GIF89a"),
            Is.EqualTo("HTTP/1.1 413 Payload Too Large"));

    /// <summary>Sends a chunked body without an end until the first line of the response arrives.</summary>
    private async Task<string?> SendEndlessFileAsync(string request, string type, string token, string start)
    {
        using var client = await SendAsync(request, $"Transfer-Encoding: chunked\r\n{type}", token, $"{start.Length:x}\r\n{start}\r\n");
        var response = FirstLineAsync(client);
        var chunk = Encoding.ASCII.GetBytes($"1000\r\n{new string('x', 0x1000)}\r\n");
        try
        {
            while (!response.IsCompleted)
                await client.GetStream().WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The service has closed the connection after its response.
        }

        return await response;
    }

    /// <summary>Sends the request over a new connection.</summary>
    private async Task<TcpClient> SendAsync(string request, string headers, string token, string body = "")
    {
        var address = Anybody.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{request} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n{headers.TrimEnd()}\r\n\r\n{body}"));
        return client;
    }

    private static async Task<string?> FirstLineAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await reader.ReadLineAsync(timeout.Token);
    }
}
