using System.Net;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Http;

/// <summary>Rules of RFC 9110 that hold for every route.</summary>
public sealed class EveryRouteTests : ServiceTests
{
    // Middleware responds to these paths, without an endpoint.
    private static readonly string[] OtherPaths =
        ["/", "/docs", "/docs/", "/docs/index.html", "/docs/swagger-ui.css", "/docs/nowhere", "/nowhere", "/games/nowhere/nothing"];

    private string game = "";
    private string image = "";
    private HttpClient member = null!;
    private HttpClient anybody = null!;

    protected override (string Key, string Value)[] Settings =>
        [("webroot", Path.Combine(TestContext.CurrentContext.TestDirectory, "page"))];

    private IEnumerable<string> Reads =>
        from id in new[] { game, "00000000-0000-4000-8000-000000000000", "nonsense" }
        from path in Routes.Of(Service, id).Where(route => route.Method == "GET").Select(route => route.Path)
            .Concat([$"/api/v1/public/images/{id}", $"{image}.png", image, $"{image}.gif"])
            .Concat(OtherPaths)
        select path;

    protected override async Task StartOthersAsync()
    {
        Directory.CreateDirectory(Settings[0].Value);
        await File.WriteAllTextAsync(Path.Combine(Settings[0].Value, "index.html"), "<!doctype html>");
    }

    [OneTimeSetUp]
    public async Task Create_a_game()
    {
        var created = await CreateAsync(Pictures.Png(1));
        game = Text(created, "id")!;
        image = $"/api/v1/public/images/{Text(created, "thumbnail_id")}";
        member = Client();
        member.DefaultRequestHeaders.Authorization = Member.DefaultRequestHeaders.Authorization;
        anybody = Client();
    }

    [OneTimeTearDown]
    public void Close_the_clients()
    {
        member.Dispose();
        anybody.Dispose();
    }

    [TestCase("")]
    [TestCase("If-None-Match: *")]
    [TestCase("If-Match: \"other\"")]
    [TestCase("Accept: text/html")]
    [TestCase("Accept-Encoding: br")]
    public async Task HEAD_has_the_status_and_the_headers_of_GET_and_no_body(string header)
    {
        var differences = new List<string>();

        foreach (var path in Reads.Distinct())
        {
            foreach (var client in new[] { member, anybody })
            {
                var get = await HeadersAsync(client, "GET", path, header);
                var head = await HeadersAsync(client, "HEAD", path, header);
                if (head != get)
                    differences.Add($"GET {path}\n{get}\nHEAD {path}\n{head}");
            }
        }

        Assert.That(differences, Is.Empty);
    }

    [Test]
    public async Task HEAD_ignores_Range()
    {
        foreach (var path in Reads.Distinct())
        {
            foreach (var range in new[] { "bytes=0-0", "bytes=99999999-" })
                Assert.That(
                    await HeadersAsync(member, "HEAD", path, $"Range: {range}"),
                    Is.EqualTo(await HeadersAsync(member, "HEAD", path, "")), path);
        }
    }

    [Test]
    public async Task The_response_to_another_method_lists_HEAD_beside_GET()
    {
        var routes = Routes.Of(Service, game).ToLookup(route => route.Path, route => route.Method);
        var paths = routes.ToDictionary(route => route.Key, route => route.ToHashSet());
        paths.Add(image, ["GET", "OPTIONS"]);

        foreach (var (path, methods) in paths)
        {
            using var response = await member.SendAsync(new HttpRequestMessage(new HttpMethod("PROPFIND"), path));
            await ProblemAsync(response, HttpStatusCode.MethodNotAllowed);

            if (methods.Contains("GET"))
                methods.Add("HEAD");
            Assert.That(response.Content.Headers.Allow, Is.EquivalentTo(methods), path);
        }
    }

    [TestCase("gzip", 415)]
    [TestCase("br", 415)]
    [TestCase("identity, gzip", 415)]
    [TestCase("nonsense", 415)]
    [TestCase("identity", 0)]
    [TestCase("IDENTITY", 0)]
    public async Task A_body_with_a_Content_Encoding_is_rejected_before_it_is_read(string coding, int status)
    {
        foreach (var (method, path) in Routes.Of(Service, game).Where(route => route.Method is "POST" or "PUT" or "PATCH"))
        {
            foreach (var type in new[] { "application/json", "multipart/form-data; boundary=b", "image/png" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Body(type) };
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
                using var response = await member.SendAsync(request);

                if (status == 0)
                {
                    Assert.That(response.Headers.Contains("Accept-Encoding"), Is.False, $"{method} {path}");
                    continue;
                }

                await ProblemAsync(response, (HttpStatusCode)status);
                Assert.That(response.Headers.GetValues("Accept-Encoding"), Is.EqualTo(new[] { "identity" }), $"{method} {path}");
            }
        }
    }

    [Test]
    public async Task A_part_of_a_body_is_rejected()
    {
        foreach (var (method, path) in Routes.Of(Service, game).Where(route => route.Method is "POST" or "PUT" or "PATCH"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Body("image/png") };
            request.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 0-4/100");
            using var response = await member.SendAsync(request);

            var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
            Assert.That(Text(problem, "detail"), Does.Contain("Content-Range"), $"{method} {path}");
        }
    }

    private static ByteArrayContent Body(string type)
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--b--\r\n"));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = Service.ClientOptions.BaseAddress,
    };

    /// <returns>The status and the headers, without those that differ between two responses to GET.</returns>
    private static async Task<string> HeadersAsync(HttpClient client, string method, string path, string header)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (header.Split(": ") is [var name, var value])
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (method == "HEAD")
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty, path);

        var headers = from each in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                      where each.Key is not ("Date" or "Transfer-Encoding")
                      where !each.Key.StartsWith("X-RateLimit", StringComparison.Ordinal)
                      orderby each.Key
                      select $"{each.Key}: {each.Value}";
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}";
    }
}
