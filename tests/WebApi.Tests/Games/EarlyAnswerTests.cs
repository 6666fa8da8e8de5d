using System.Net.Sockets;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>
/// The service answers a request that must fail with any body before it reads the body, and before it reserves memory for it.
/// </summary>
public sealed class EarlyAnswerTests : ServiceTests
{
    private const string FormType = "Content-Type: multipart/form-data; boundary=b";

    private string game = "";

    [OneTimeSetUp]
    public async Task Create_a_game() => game = $"/api/v1/games/{Text(await CreateAsync(), "id")}";

    [TestCase("PUT", "/thumbnail", "", new[] { Guild }, "100 Continue")]
    [TestCase("PUT", "/banner", "If-Match: \"1\"", new[] { Guild }, "412 Precondition Failed")]
    [TestCase("PUT", "/banner", "", new[] { 43L }, "404 Not Found")]
    [TestCase("PUT", "/thumbnail", "", new long[0], "404 Not Found")]
    [TestCase("PATCH", "", FormType, new[] { Guild }, "100 Continue")]
    [TestCase("PATCH", "", $"{FormType}\r\nIf-Match: \"1\"", new[] { Guild }, "412 Precondition Failed")]
    [TestCase("PATCH", "", FormType, new[] { 43L }, "404 Not Found")]
    public async Task The_service_continues_with_a_picture_only_if_the_game_can_be_changed(
        string method, string part, string header, long[] guilds, string expected)
    {
        var answer = await FirstLineAsync(
            $"{method} {game}{part}", $"Expect: 100-continue\r\nContent-Length: 1000\r\n{header}", Service.Token(guilds));
        Assert.That(answer, Is.EqualTo($"HTTP/1.1 {expected}"));
    }

    [TestCase(new[] { Guild }, "100 Continue")]
    [TestCase(new long[0], "403 Forbidden")]
    [TestCase(null, "401 Unauthorized")]
    public async Task The_service_continues_with_a_new_game_only_if_the_caller_can_create_one(long[]? guilds, string expected)
    {
        foreach (var type in new[] { FormType, "Content-Type: application/json" })
        {
            var answer = await FirstLineAsync(
                "POST /api/v1/games",
                $"Expect: 100-continue\r\nContent-Length: 1000\r\n{type}",
                guilds is null ? "none" : Service.Token(guilds));
            Assert.That(answer, Is.EqualTo($"HTTP/1.1 {expected}"));
        }
    }

    [Test]
    public async Task A_form_for_another_guild_is_refused_before_its_file_is_read()
    {
        const string start =
            "--b\r\nContent-Disposition: form-data; name=\"guild_id\"\r\n\r\n43\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"banner\"; filename=\"b\"\r\n\r\nGIF89a";
        var answer = await FirstLineAsync(
            "POST /api/v1/games", $"Content-Length: 100000\r\n{FormType}", Service.Token([Guild]), start);
        Assert.That(answer, Is.EqualTo("HTTP/1.1 403 Forbidden"));
    }

    /// <summary>Sends the request over a new connection, and then waits for the answer without sending more.</summary>
    private async Task<string?> FirstLineAsync(string request, string headers, string token, string body = "")
    {
        var address = Anybody.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{request} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n{headers.TrimEnd()}\r\n\r\n{body}"));

        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await reader.ReadLineAsync(patience.Token);
    }
}
