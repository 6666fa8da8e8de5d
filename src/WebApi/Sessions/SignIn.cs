using GameImages.Domain.Games;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.WebApi.Sessions;

/// <summary>The sign-in at Discord: OAuth 2 authorization code flow (RFC 6749 section 4.1) with state and PKCE (RFC 7636).</summary>
internal static class SignIn
{
    // Discord sends it back inside the state, which is one line of a request.
    private const int MaxReturnUrlLength = 1000;

    public static void Configure(OAuthOptions oauth, SignInSettings settings, CookieSecurePolicy secure)
    {
        oauth.ClientId = settings.ClientId!;
        oauth.ClientSecret = settings.ClientSecret!;
        oauth.AuthorizationEndpoint = settings.AuthorizationEndpoint;
        oauth.TokenEndpoint = settings.TokenEndpoint;
        oauth.CallbackPath = "/sign-in/discord";
        oauth.SignInScheme = SessionServices.SessionScheme;
        oauth.UsePkce = true;
        oauth.BackchannelTimeout = TimeSpan.FromSeconds(10);
        oauth.Scope.Add("identify");
        oauth.Scope.Add("guilds");

        // Discord sends the browser back by a link, with which Lax cookies come along.
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = secure;
        oauth.Events = new()
        {
            OnCreatingTicket = BeginAsync,
            OnAccessDenied = denied =>
            {
                denied.Response.Redirect(Failed("denied", denied.Properties?.RedirectUri));
                denied.HandleResponse();
                return Task.CompletedTask;
            },
            OnRemoteFailure = failed =>
            {
                failed
                    .HttpContext.RequestServices.GetRequiredService<ILogger<Session>>()
                    .LogInformation("A sign-in failed: {Reason}", Printable(failed.Failure?.Message));
                failed.Response.Redirect(Failed("failed", ReturnUrlOf(failed)));
                failed.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Sends the browser to Discord.</summary>
    public static async Task StartAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var returnUrl = LocalPath(context.Request.Query["return_url"]);
        var isSetUp = services.GetRequiredService<SignInSettings>().ClientId is not null;

        if (isSetUp && services.GetRequiredService<SessionCookies>().MayGoOver(context.Request))
        {
            await context.ChallengeAsync(SessionServices.DiscordScheme, new() { RedirectUri = returnUrl });
            return;
        }

        if (isSetUp)
            services
                .GetRequiredService<ILogger<Session>>()
                .LogWarning(
                    "Nobody can sign in over plain HTTP. Does a proxy speak HTTPS with the browser? Then Proxies:Known has to name it.");

        context.Response.Redirect(Failed("unavailable", returnUrl));
    }

    /// <returns>The path, if it leads to a page of this origin in every browser: they take a backslash for a slash, and pass over tabs.</returns>
    private static string LocalPath(string? url) =>
        url is ['/', ..] and not ['/', '/', ..]
        && url.Length <= MaxReturnUrlLength
        && url.All(letter => letter is > ' ' and <= '~' and not '\\')
            ? url
            : "/";

    private static async Task BeginAsync(OAuthCreatingTicketContext context)
    {
        var services = context.HttpContext.RequestServices;
        var discord = services.GetRequiredService<Discord>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var token = new DiscordToken(context.AccessToken!, now + (context.ExpiresIn ?? SessionRegistry.Lifetime));

        // An exception of either is a failure of the sign-in.
        var user = await discord.FindUserAsync(token.Value)
            ?? throw new AuthenticationFailureException("Discord refused the token that it gave.");
        var guilds = await discord.FindGuildsAsync(token.Value)
            ?? throw new AuthenticationFailureException("Discord refused to name the guilds.");

        // A new one each time: whoever knew an earlier session knows nothing of this one.
        IReadOnlyList<Snowflake> guildIds = [.. guilds.Select(guild => guild.Id)];
        var session = new Session(Guid.NewGuid(), user.Id, user.GlobalName ?? user.Username, user.Avatar, guildIds, now, token);
        services.GetRequiredService<Memberships>().Remember(session, guilds);
        context.Principal = session.ToPrincipal();
        context.Properties.IsPersistent = true;
    }

    // Where Discord did not answer, the framework passes on no more than the state, which nobody else can have written.
    private static string? ReturnUrlOf(RemoteFailureContext failed) =>
        (failed.Properties ?? ((OAuthOptions)failed.Options).StateDataFormat.Unprotect(failed.Request.Query["state"]))?.RedirectUri;

    /// <param name="returnUrl">Where the next attempt is to lead.</param>
    private static string Failed(string reason, string? returnUrl) =>
        QueryHelpers.AddQueryString(
            "/sign-in-failed",
            new Dictionary<string, string?> { ["reason"] = reason, ["return_url"] = returnUrl is "/" ? null : returnUrl });

    // Whoever calls back writes a part of it.
    private static string? Printable(string? text) =>
        text is null ? null : string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
