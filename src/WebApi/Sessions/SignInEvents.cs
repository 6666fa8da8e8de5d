using GameImages.Domain.Games;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// The sign-in with Discord: the OAuth 2 authorization code flow (RFC 6749 section 4.1) with state and PKCE (RFC 7636). This class creates
/// the session when the flow succeeds.
/// </summary>
internal sealed class SignInEvents(DiscordApi discord, Memberships memberships, TimeProvider time, ILogger<Session> logger) : OAuthEvents
{
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
        oauth.EventsType = typeof(SignInEvents);

        // Discord redirects the browser back, and browsers send Lax cookies with such a redirect.
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = secure;
    }

    public override async Task CreatingTicket(OAuthCreatingTicketContext context)
    {
        var now = time.GetUtcNow();
        var token = new DiscordToken(context.AccessToken!, now + (context.ExpiresIn ?? SessionRegistry.Lifetime));

        // An exception from either request fails the sign-in.
        var user = await discord.FindUserAsync(token.Value)
            ?? throw new AuthenticationFailureException("Discord rejected the token that it had issued.");
        var guilds = await discord.FindGuildsAsync(token.Value)
            ?? throw new AuthenticationFailureException("Discord rejected the request for the guilds.");

        // Every sign-in gets a new session id. A person who knows the id of an earlier session cannot use it for this one.
        IReadOnlyList<Snowflake> guildIds = [.. guilds.Select(guild => guild.Id)];
        var session = new Session(Guid.NewGuid(), user.Id, user.GlobalName ?? user.Username, user.Avatar, guildIds, now, token);
        memberships.Remember(session, guilds);
        context.Principal = session.ToPrincipal();
        context.Properties.IsPersistent = true;
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.Response.Redirect(SignInEndpoints.FailedUrl("denied", context.Properties?.RedirectUri));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        logger.LogInformation("A sign-in with Discord failed: {Reason}", WithoutControls(context.Failure?.Message));
        context.Response.Redirect(SignInEndpoints.FailedUrl("failed", ReturnUrl(context)));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    // If Discord did not respond, the framework passes on only the state. It is encrypted, so only this service can have written it.
    private static string? ReturnUrl(RemoteFailureContext context) =>
        (context.Properties ?? ((OAuthOptions)context.Options).StateDataFormat.Unprotect(context.Request.Query["state"]))?.RedirectUri;

    // The client that calls back controls a part of the message.
    private static string? WithoutControls(string? text) =>
        text is null ? null : string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
