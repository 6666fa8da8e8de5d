using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Http;

/// <summary>Requests that no client library sends.</summary>
public sealed class RequestRulesTests : ServiceTests
{
    [TestCase("get /health/live HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [TestCase("Head /health/live HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [TestCase("get /api/v1/public/images/x HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [TestCase("delete /api/v1/games/x HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", 401)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: a\r\nX-Name: \u00FF\u00FE\r\n\r\n", 400)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: a\r\nUser-Agent: \u00FF\r\n\r\n", 400)]
    [TestCase("GET /api/v1/public/images/x HTTP/1.1\r\nHost: a\r\nX-Name: \u00C3\r\n\r\n", 400)]
    [TestCase("GET /api/v1/games HTTP/1.1\r\nHost: a\r\nX-Name: \u00C3\u00A9\r\n\r\n", 401)]
    public async Task A_request_that_breaks_a_rule_gets_a_problem(string request, int status)
    {
        var (head, body) = await SendAsync(request);
        Assert.That(head, Does.StartWith($"HTTP/1.1 {status} "));
        Assert.That(head, Does.Contain("Content-Type: application/problem+json").And.Contain("Cache-Control: no-store"));

        var problem = JsonDocument.Parse(body).RootElement;
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(problem.GetProperty("title").GetString(), Is.Not.Empty);
        if (status != 401)
            Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }

    // Kestrel rejects these before the service sees them, and sends no body.
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400)]
    [TestCase("GET /api/v1/games/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET /api/v1/public/images/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: a\r\nX\u00FF: 1\r\n\r\n", 400)]
    [TestCase("GET /health/live HTTP/1.1\r\n\r\n", 400)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n", 400)]
    [TestCase("GET  HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET /health/live\r\n\r\n", 400)]
    [TestCase("GET /\u00FF HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET /health/live HTTP/3.0\r\nHost: a\r\n\r\n", 505)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: 5x\r\n\r\n", 400)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n", 400)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: 5 5\r\n\r\n", 400)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: 000000000000000000000000000005\r\n\r\n", 400)]
    [TestCase("POST /api/v1/games HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400)]
    public async Task A_request_that_is_not_HTTP_is_rejected_by_the_server(string request, int status)
    {
        var (head, body) = await SendAsync(request);
        Assert.That(head, Does.StartWith($"HTTP/1.1 {status} ").And.Contain("Connection: close"));
        Assert.That(body, Is.Empty);
    }

    // A proxy that believes the Content-Length would take the rest of the body for another request.
    [TestCase("Content-Length: 4\r\nTransfer-Encoding: chunked")]
    [TestCase("Transfer-Encoding: chunked\r\nContent-Length: 4")]
    public async Task A_body_with_two_lengths_has_its_chunks_and_is_the_last_request_of_its_connection(string headers)
    {
        var (head, body) = await SendAsync(
            $"POST /api/v1/games HTTP/1.1\r\nHost: b\r\nAuthorization: Bearer {Testing.Service.Token([Guild])}\r\n"
            + $"Content-Type: application/json\r\n{headers}\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n"
            + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.That(head, Does.StartWith("HTTP/1.1 400 ").And.Contain("Connection: close"));
        Assert.That(
            JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateObject().Select(field => field.Name),
            Does.Contain("title").And.Contain("guild_id"));
    }

    /// <param name="request">Each character is sent as one byte.</param>
    private async Task<(string Head, string Body)> SendAsync(string request)
    {
        var address = Service.ClientOptions.BaseAddress;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        request = request.Replace("Host: a\r\n", "Host: a\r\nConnection: close\r\n", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));

        using var reader = new StreamReader(stream);
        var response = await reader.ReadToEndAsync();
        var end = response.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (response[..end], response[(end + 4)..]);
    }
}
