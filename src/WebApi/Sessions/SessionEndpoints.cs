using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.WebApi.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace GameImages.WebApi.Sessions;

/// <summary>The routes that tell a page about its session.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this WebApplication app)
    {
        app.MapGet("/api/v1/fresh-connection", CloseConnectionEndpoint.CloseAfterResponse).ExcludeFromDescription();
        app.MapGet("/api/v1/session", WriteSessionAsync).RequireAuthorization();
        app.MapGet("/api/v1/session/avatar", SendAvatarAsync).RequireAuthorization();
        app.MapGet("/api/v1/guilds/{id}/icon", SendIconAsync).RequireAuthorization();
    }

    private static async Task WriteSessionAsync(HttpContext context, SessionRegistry sessions, IAntiforgery antiforgery)
    {
        // A challenge also says which credentials the route takes (RFC 9110 section 15.5.2).
        if (Session.Of(context) is { } session && await FindGuildsAsync(sessions, session) is { } guilds)
            await WriteSessionResponseAsync(context, session, guilds, antiforgery);
        else
            await context.ChallengeAsync();
    }

    private static async Task WriteSessionResponseAsync(
        HttpContext context, Session session, Dictionary<Snowflake, DiscordGuild> guilds, IAntiforgery antiforgery)
    {
        var cookieExpires = (await context.AuthenticateAsync()).Properties!.ExpiresUtc!.Value;
        var expires = session.Token is { } token && token.ExpiresAt < cookieExpires ? token.ExpiresAt : cookieExpires;
        var tokens = antiforgery.GetAndStoreTokens(context);

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new SessionResponse(
                new(session.UserId, session.Name, session.Avatar is null ? null : "/api/v1/session/avatar"),
                [.. session.GuildIds.Select(id => Describe(id, guilds.GetValueOrDefault(id)))],
                tokens.RequestToken!,
                expires.UtcDateTime),
            ApiJson.Json);
    }

    private static GuildResponse Describe(Snowflake id, DiscordGuild? guild) =>
        new(id, guild?.Name ?? $"Guild {id}", guild?.Icon is null ? null : $"/api/v1/guilds/{id}/icon");

    private static async Task SendAvatarAsync(HttpContext context, DiscordImages images) =>
        await SendAsync(context, Session.Of(context) is { } session ? await images.FindAvatarAsync(session) : null);

    private static async Task SendIconAsync(HttpContext context, string id, SessionRegistry sessions, DiscordImages images)
    {
        // The guilds that Discord names are the guilds of the session.
        var guild =
            Snowflake.TryParse(id, null, out var guildId)
            && Session.Of(context) is { } session
            && await FindGuildsAsync(sessions, session) is { } guilds
                ? guilds.GetValueOrDefault(guildId)
                : null;
        await SendAsync(context, guild is null ? null : await images.FindIconAsync(guild));
    }

    private static Task SendAsync(HttpContext context, ImageContent? image)
    {
        var response = context.Response;

        if (image is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.ContentType = image.Format.MimeType;
        response.ContentLength = image.Bytes.Length;
        response.Headers.CacheControl = "private, max-age=3600";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return response.BodyWriter.WriteAsync(image.Bytes, context.RequestAborted).AsTask();
    }

    /// <returns>The guilds of the session that Discord names; null if the session has ended.</returns>
    private static async Task<Dictionary<Snowflake, DiscordGuild>?> FindGuildsAsync(SessionRegistry sessions, Session session)
    {
        if (session.Token is null)
            return [];

        try
        {
            var membership = await sessions.FindMembershipAsync(session);
            return membership?.Guilds.ToDictionary(guild => guild.Id);
        }
        // The session has the ids of the guilds. Only their names and icons are missing until Discord responds again.
        catch (HttpRequestException)
        {
            return [];
        }
    }

    private sealed record SessionResponse(UserResponse User, IReadOnlyList<GuildResponse> Guilds, string CsrfToken, DateTime ExpiresAt);

    private sealed record UserResponse(Snowflake Id, string Name, string? AvatarUrl);

    private sealed record GuildResponse(Snowflake Id, string Name, string? IconUrl);
}
