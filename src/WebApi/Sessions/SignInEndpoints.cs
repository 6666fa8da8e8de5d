using GameImages.WebApi.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.WebApi.Sessions;

/// <summary>The routes that start and end a session.</summary>
internal static class SignInEndpoints
{
    // Discord sends it back inside the state, which has to fit into the first line of a request.
    private const int MaxReturnUrlLength = 1000;

    public static void MapSignIn(this WebApplication app, SignInSettings settings)
    {
        if (settings is { ClientId: not null, KeyFolder: null })
            app.Logger.LogWarning(
                "DataProtection:Keys is not set. All sessions end with this process, and other processes of the service reject them.");

        app.MapGet("/sign-in", StartAsync).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
            app.MapPost("/sign-in/try-it", DevelopmentSignIn.SignInAsync).ExcludeFromDescription();

        app.MapGet("/api/v1/sign-in-options", WriteOptionsAsync);
    }

    /// <returns>The URL of the page that tells the user why the sign-in failed.</returns>
    /// <param name="returnUrl">The page that the next attempt returns to.</param>
    public static string FailedUrl(string reason, string? returnUrl) =>
        QueryHelpers.AddQueryString(
            "/sign-in-failed",
            new Dictionary<string, string?> { ["reason"] = reason, ["return_url"] = returnUrl is "/" ? null : returnUrl });

    /// <summary>Redirects the browser to Discord.</summary>
    private static async Task StartAsync(
        HttpContext context, SignInSettings settings, SessionCookies cookies, ILogger<Session> logger)
    {
        var returnUrl = LocalPath(context.Request.Query["return_url"]);

        if (settings.ClientId is not null && cookies.AreAllowedOver(context.Request))
        {
            await context.ChallengeAsync(SessionServices.DiscordScheme, new() { RedirectUri = returnUrl });
            return;
        }

        if (settings.ClientId is not null)
            logger.LogWarning(
                "Rejected a sign-in over plain HTTP, because browsers send session cookies over HTTPS only. "
                + "If a proxy speaks HTTPS with the browser, add the proxy to Proxies:Known.");

        context.Response.Redirect(FailedUrl("unavailable", returnUrl));
    }

    /// <returns>
    /// The path if it leads to a page of this origin in every browser; otherwise "/". Browsers read a backslash as a slash, and skip tabs.
    /// </returns>
    private static string LocalPath(string? url) =>
        url is ['/', ..] and not ['/', '/', ..]
        && url.Length <= MaxReturnUrlLength
        && url.All(letter => letter is > ' ' and <= '~' and not '\\')
            ? url
            : "/";

    private static async Task SignOutAsync(HttpContext context, SessionRegistry sessions, SessionCookies cookies)
    {
        if (Session.Of(context) is { } session)
            await sessions.SignOutAsync(session);

        // A request without the cookie, for example one from another site, must not delete the cookie.
        if (cookies.Authenticate(context))
            await context.SignOutAsync(SessionServices.SessionScheme);

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task WriteOptionsAsync(
        HttpContext context, SignInSettings settings, SessionCookies cookies, IHostEnvironment environment)
    {
        var discord = settings.ClientId is not null && cookies.AreAllowedOver(context.Request);
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new OptionsResponse(discord, TryIt: environment.IsDevelopment()), ApiJson.Json);
    }

    private sealed record OptionsResponse(bool Discord, bool TryIt);
}
