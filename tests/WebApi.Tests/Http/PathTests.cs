using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Http;

/// <summary>Paths that are not those of a route. The paths are sent as they are written here.</summary>
public sealed class PathTests : ServiceTests
{
    [TestCase("//api/v1/games")]
    [TestCase("//api/v1/public/images/00000000-0000-4000-8000-000000000000")]
    [TestCase("/api//v1/games")]
    [TestCase("/api/v1//games")]
    [TestCase("/api/v1/games//")]
    [TestCase("/api/v1/games;x=1")]
    [TestCase("/;x")]
    [TestCase("/api%2Fv1/games")]
    [TestCase("/api/v1/games%2F00000000-0000-4000-8000-000000000000")]
    [TestCase("/api")]
    [TestCase("/api/v2/games")]
    [TestCase("/api/v1/nowhere")]
    [TestCase("/health")]
    [TestCase("/health/nowhere")]
    [TestCase("/openapi")]
    [TestCase("/docs/nowhere")]
    [TestCase("/calendar/nowhere")]
    public async Task An_unknown_path_is_404_for_every_method(string path)
    {
        foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS" })
        {
            using var response = await SendAsync(method, path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), method);
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), method);
        }
    }

    [TestCase("/API/v1/Games")]
    [TestCase("/api/v1/games/")]
    [TestCase("/api/v1/x/../games")]
    [TestCase("/api/v1/x/%2e%2E/games")]
    [TestCase("/./api/v1/games")]
    public async Task Letter_case_and_a_slash_at_the_end_do_not_matter_and_dot_segments_are_removed(string path)
    {
        using var response = await SendAsync("GET", path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        Assert.That(response.Headers.Vary, Is.SupersetOf(new[] { "Cookie", "Authorization" }));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        var uri = new Uri($"{Service.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        });
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);
        return await Member.SendAsync(request);
    }
}
