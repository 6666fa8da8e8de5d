using Microsoft.AspNetCore.Authentication.Cookies;

namespace GameImages.WebApi.Sessions;

/// <summary>The cookie under the name __Host-session, which no other host and no plain HTTP can set (RFC 6265bis section 4.1.3.2). Over plain HTTP it is called session, in Development only.</summary>
internal sealed class SessionCookies(IHostEnvironment environment) : ICookieManager
{
    public const string Name = "session";

    private readonly ChunkingCookieManager cookies = new();

    /// <summary>Whether there can be a session over this connection.</summary>
    public bool MayGoOver(HttpRequest request) => request.IsHttps || environment.IsDevelopment();

    /// <summary>Whether the request is to be judged by its cookie. Whoever sends other credentials means those.</summary>
    public bool Decide(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0 && GetRequestCookie(context, Name) is not null;

    public string? GetRequestCookie(HttpContext context, string key) =>
        MayGoOver(context.Request) ? cookies.GetRequestCookie(context, NameOf(context, key)) : null;

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        cookies.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        cookies.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : key;
}
