using System.Net;
using System.Text;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

/// <summary>A browser as far as a session needs one. It stores cookies, and does not follow redirects by itself.</summary>
/// <param name="scheme">The scheme between the browser and the proxy in front of the service.</param>
internal sealed class Browser(Uri service, string scheme = "https") : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = service,
    };

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>All Set-Cookie headers so far.</summary>
    public List<string> SetCookies { get; } = [];

    public string SessionCookie => Cookies[scheme == "https" ? "__Host-session" : "session"];

    public static Uri Location(HttpResponseMessage response)
    {
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return response.Headers.Location!;
    }

    /// <returns>Another browser that has the same cookies.</returns>
    public Browser Copy(Uri? elsewhere = null)
    {
        var copy = new Browser(elsewhere ?? service, scheme);
        foreach (var (name, value) in Cookies)
            copy.Cookies[name] = value;
        return copy;
    }

    public async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        string? csrf = null,
        object? json = null,
        string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-For", "198.51.100.7");
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (csrf is not null)
            request.Headers.Add("X-CSRF-Token", csrf);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (json is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(json), Encoding.UTF8, "application/json");

        var response = await client.SendAsync(request);
        Keep(response);
        return response;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync("GET", path);

    /// <summary>Follows the redirect to Discord and grants access.</summary>
    /// <returns>The address to which Discord sends the browser back.</returns>
    public async Task<string> AuthorizeAsync(string returnUrl = "/")
    {
        using var start = await GetAsync($"/sign-in?return_url={Uri.EscapeDataString(returnUrl)}");
        using var consent = await client.GetAsync(Location(start));
        var callback = Location(consent);
        Assert.That(callback.Scheme, Is.EqualTo(scheme));
        return callback.PathAndQuery;
    }

    /// <returns>The page to which the sign-in returns.</returns>
    public async Task<string> SignInAsync(string returnUrl = "/")
    {
        using var end = await GetAsync(await AuthorizeAsync(returnUrl));
        return Location(end).OriginalString;
    }

    public async Task<JsonElement> SessionAsync() => await ServiceTests.JsonAsync(await GetAsync("/api/v1/session"));

    public async Task<string> CsrfTokenAsync() => ServiceTests.Text(await SessionAsync(), "csrf_token")!;

    public void Dispose() => client.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
            return;

        foreach (var cookie in cookies)
        {
            SetCookies.Add(cookie);
            var name = cookie[..cookie.IndexOf('=')];
            var value = cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')];

            if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
                Cookies.Remove(name);
            else
                Cookies[name] = value;
        }
    }
}
