using System.Net;
using System.Net.Sockets;
using System.Text;
using GameImages.Testing;
using GameImages.WebApi.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GameImages.WebApi.Tests.Errors;

/// <summary>Tests the log and the response of requests that fail inside the service.</summary>
public sealed class FailureTests : ServiceTests
{
    private Service service = null!;

    [Test]
    public async Task Each_failed_request_is_logged_in_one_line_and_its_stack_at_Debug()
    {
        var database = await TestDatabase.CreateAsync();
        await using var started = service = new Service(database, ("Logging:LogLevel:GameImages", "Debug"));
        using var member = service.CreateClient(Guild);
        var images = new[] { Pictures.Png(1), Pictures.Png(2, byteLength: 200_000) };
        var game = await JsonAsync(await member.PostAsync("/api/v1/games", Form(images[0], images[1])), HttpStatusCode.Created);
        var thumbnail = $"/api/v1/public/images/{Text(game, "thumbnail_id")}";
        var banner = $"/api/v1/public/images/{Text(game, "banner_image_id")}";

        // This request loads the first piece of the banner into memory.
        using (var first = await member.SendAsync(new(HttpMethod.Get, banner) { Headers = { Range = new(0, 0) } }))
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));

        await database.ForbidReadingImageDataAsync();
        service.Log.Entries.Clear();

        using (var unexpected = await member.GetAsync(thumbnail))
        {
            var problem = await ProblemAsync(unexpected, HttpStatusCode.InternalServerError);
            AssertLine(
                $"GET {thumbnail} failed with 500: PostgresException: 42501: permission denied for table game_images at GameImages.",
                Text(problem, "trace_id")!);
            Assert.That(problem.GetRawText(), Does.Not.Contain("permission"));
        }

        Assert.That(async () => await member.GetByteArrayAsync(banner), Throws.TypeOf<HttpRequestException>(), "The response breaks off.");
        await service.Log.WaitAsync("Stack");
        AssertLine($"GET {banner} failed with 500: ", "");

        await database.DisposeAsync();
        await service.Log.WaitAsync("Cannot listen for deleted images");
        service.Log.Entries.Clear();

        using (var unavailable = await member.GetAsync("/api/v1/games"))
        {
            var problem = await ProblemAsync(unavailable, HttpStatusCode.ServiceUnavailable);
            AssertLine("GET /api/v1/games failed with 503: ", Text(problem, "trace_id")!);
        }

        using var ready = await member.GetAsync("/health/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        var check = Lines().Single();
        Assert.Multiple(() =>
        {
            Assert.That(check.Exception?.Message, Is.EqualTo($"3D000: database \"{database.Name}\" does not exist"));
            Assert.That(check.Exception?.StackTrace, Is.Null);
        });
    }

    [TestCase("PUT", "thumbnail", "image/png")]
    [TestCase("PATCH", "", "application/json")]
    [TestCase("PATCH", "", "multipart/form-data; boundary=x")]
    public async Task A_chunk_that_is_too_large_is_a_bad_request(string method, string slot, string type)
    {
        var path = $"/api/v1/games/{Text(await CreateAsync(), "id")}/{slot}".TrimEnd('/');
        using var connection = await SendAsync($"{Head(method, path, type)}Transfer-Encoding: chunked\r\n\r\n80000000\r\nx");
        using var response = new StreamReader(connection.GetStream());
        Assert.That(await response.ReadLineAsync(), Is.EqualTo("HTTP/1.1 400 Bad Request"));
    }

    [TestCase("PUT", "thumbnail", "image/png")]
    [TestCase("PATCH", "", "application/json")]
    [TestCase("PATCH", "", "multipart/form-data; boundary=x")]
    public async Task A_client_that_resets_its_connection_is_not_a_failure(string method, string slot, string type)
    {
        await using var started = service = new Service(
            Database, ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Information"));
        var path = $"/api/v1/games/{Text(await CreateAsync(), "id")}/{slot}".TrimEnd('/');
        var address = service.ClientOptions.BaseAddress;

        for (var number = 0; number < 10; number++)
        {
            service.Log.Entries.Clear();
            var connection = await SendAsync($"{Head(method, path, type)}Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n", address);

            // The service sends the interim response when it starts to read the body.
            await connection.GetStream().ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length]);
            connection.LingerState = new(true, 0);
            // Disposing of the client would shut the connection down first, which is not a reset.
            connection.Client.Dispose();
            await service.Log.WaitAsync("Request finished");
        }

        Assert.That(service.Log.Entries.Where(entry => entry.Level >= LogLevel.Warning), Is.Empty);
    }

    [TestCase("/a\r\ninfo: forged", "GET /a%0D%0Ainfo:%20forged")]
    [TestCase("/\u001b[2J\u2028", "GET /%1B%5B2J%E2%80%A8")]
    public void A_path_cannot_forge_a_line(string path, string expected) =>
        Assert.That(FailureLogLine.Request(Request("GET", path)), Is.EqualTo(expected));

    [Test]
    public void Long_input_is_shortened_to_a_bounded_line()
    {
        var inner = new InvalidOperationException(new string('x', 10_000));
        Assert.That(FailureLogLine.Request(Request(new string('X', 3_000), "/" + new string('y', 3_000))), Has.Length.LessThan(210));
        Assert.That(
            FailureLogLine.Reason(new IOException("One\r\ntwo\u0085three", inner)),
            Does.StartWith("IOException: One  two three <- InvalidOperationException: xxx").And.Length.LessThan(510));
        Assert.That(FailureLogLine.Place(inner), Is.Empty);
    }

    private static string Head(string method, string path, string type) =>
        $"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Service.Token([Guild])}\r\nContent-Type: {type}\r\n";

    private async Task<TcpClient> SendAsync(string request, Uri? address = null)
    {
        address ??= Service.ClientOptions.BaseAddress;
        var connection = new TcpClient(address.Host, address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return connection;
    }

    private static HttpRequest Request(string method, string path) =>
        new DefaultHttpContext { Request = { Method = method, Path = path } }.Request;

    // All entries except the stacks.
    private IEnumerable<(LogLevel Level, string Text, Exception? Exception)> Lines() =>
        service.Log.Entries.Where(entry => entry.Level >= LogLevel.Information);

    // Checks the entries of one request and then clears the log.
    private void AssertLine(string start, string traceId)
    {
        var (level, text, exception) = Lines().Single();

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.StartWith(start).And.EndsWith($"{traceId})").And.Not.Contain("\n"));
            Assert.Multiple(() =>
            {
                Assert.That(level, Is.EqualTo(LogLevel.Error));
                Assert.That(exception, Is.EqualTo((Exception?)null));
            });
            var stack = service.Log.Entries.Single(entry => entry.Level == LogLevel.Debug).Exception?.StackTrace;
            Assert.That(stack, Does.Contain("GameImages."));
        });
        service.Log.Entries.Clear();
    }
}
