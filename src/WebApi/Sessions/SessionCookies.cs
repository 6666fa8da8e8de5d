using Microsoft.AspNetCore.Authentication.Cookies;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Reads and writes the session cookie. Its name is __Host-session, and neither another host nor plain HTTP can set a cookie with this
/// name (RFC 6265bis section 4.1.3.2). In Development, its name over plain HTTP is session.
/// </summary>
internal sealed class SessionCookies(IHostEnvironment environment) : ICookieManager
{
    public const string Name = "session";

    private readonly ChunkingCookieManager cookies = new();

    /// <returns>Whether the connection of the request may have a session.</returns>
    public bool AreAllowedOver(HttpRequest request) => request.IsHttps || environment.IsDevelopment();

    /// <returns>Whether the cookie authenticates the request. It does not if the request has an Authorization header.</returns>
    public bool Authenticate(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0 && GetRequestCookie(context, Name) is not null;

    public string? GetRequestCookie(HttpContext context, string key) =>
        AreAllowedOver(context.Request) ? cookies.GetRequestCookie(context, FullName(context, key)) : null;

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        cookies.AppendResponseCookie(context, FullName(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        cookies.DeleteCookie(context, FullName(context, key), options);

    private static string FullName(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : key;
}
