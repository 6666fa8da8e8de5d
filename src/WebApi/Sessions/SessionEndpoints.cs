using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace GameImages.WebApi.Sessions;

/// <summary>Signing in and out, and what a page needs to know about the session that it runs in.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        if (app.Services.GetRequiredService<SignInSettings>() is { ClientId: not null, KeyFolder: null })
            app.Logger.LogWarning("DataProtection:Keys names no folder: sessions end with this process, and hold for no other.");

        app.MapGet("/sign-in", SignIn.StartAsync).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
            app.MapPost("/sign-in/try-it", TryItAsync).ExcludeFromDescription();

        app.MapGet("/api/v1/sign-in-options", TellOptionsAsync);
        app.MapGet("/api/v1/fresh-connection", FreshConnection.AnswerAsync).ExcludeFromDescription();
        app.MapGet("/api/v1/session", TellAsync).RequireAuthorization();
        app.MapGet("/api/v1/session/avatar", SendAvatarAsync).RequireAuthorization();
        app.MapGet("/api/v1/guilds/{id}/icon", SendIconAsync).RequireAuthorization();
    }

    private static Task TellOptionsAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var discord =
            services.GetRequiredService<SignInSettings>().ClientId is not null
            && services.GetRequiredService<SessionCookies>().MayGoOver(context.Request);
        var tryIt = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new OptionsResponse(discord, tryIt), ApiJson.Json);
    }

    private static async Task TellAsync(HttpContext context)
    {
        if (Session.Of(context) is not { } session)
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if (await FindGuildsAsync(context, session) is not { } guilds)
            await context.ChallengeAsync();
        else
            await TellAsync(context, session, guilds);
    }

    private static async Task TellAsync(HttpContext context, Session session, Dictionary<Snowflake, DiscordGuild> guilds)
    {
        var cookie = (await context.AuthenticateAsync()).Properties!.ExpiresUtc!.Value;
        var expires = session.Token is { } token && token.ExpiresAt < cookie ? token.ExpiresAt : cookie;
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);

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

    private static async Task SendAvatarAsync(HttpContext context) =>
        await SendAsync(
            context,
            Session.Of(context) is { } session
                ? await context.RequestServices.GetRequiredService<DiscordPictures>().FindAvatarAsync(session)
                : null);

    private static async Task SendIconAsync(HttpContext context)
    {
        // Those that Discord names are the session's.
        var guild =
            Snowflake.TryParse((string?)context.GetRouteValue("id"), null, out var id)
            && Session.Of(context) is { } session
            && await FindGuildsAsync(context, session) is { } guilds
                ? guilds.GetValueOrDefault(id)
                : null;
        await SendAsync(
            context,
            guild is null ? null : await context.RequestServices.GetRequiredService<DiscordPictures>().FindIconAsync(guild));
    }

    private static Task SendAsync(HttpContext context, ImageContent? picture)
    {
        var response = context.Response;

        if (picture is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.ContentType = picture.Format.MimeType;
        response.ContentLength = picture.Bytes.Length;
        response.Headers.CacheControl = "private, max-age=3600";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return response.BodyWriter.WriteAsync(picture.Bytes, context.RequestAborted).AsTask();
    }

    /// <returns>What the guilds are called, as far as Discord says; null when the session has ended.</returns>
    private static async Task<Dictionary<Snowflake, DiscordGuild>?> FindGuildsAsync(HttpContext context, Session session)
    {
        if (session.Token is null)
            return [];

        try
        {
            return (await context.RequestServices.GetRequiredService<SessionRegistry>().FindMembershipAsync(session))?.Guilds.ToDictionary(
                guild => guild.Id);
        }
        // The guilds themselves are known; they go without their names for now.
        catch (HttpRequestException)
        {
            return [];
        }
    }

    private static async Task SignOutAsync(HttpContext context)
    {
        if (Session.Of(context) is { } session)
            await context.RequestServices.GetRequiredService<SessionRegistry>().SignOutAsync(session);

        // A request that came without the cookie, from another site for instance, must not end what it does not know.
        if (context.RequestServices.GetRequiredService<SessionCookies>().Decide(context))
            await context.SignOutAsync(SessionServices.SessionScheme);

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task TryItAsync(HttpContext context)
    {
        // Another site cannot send this type without asking first, which nobody answers.
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("Send application/json.", StatusCodes.Status415UnsupportedMediaType);

        var user = FieldBinder.Bind<TryIt>(await ReadAsync(context), ApiJson.Json);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = new Session(
            Guid.NewGuid(),
            user.UserId ?? new(7),
            user.Name ?? "Ann",
            null,
            user.GuildIds ?? [new(42), new(43)],
            now,
            null);
        await context.SignInAsync(SessionServices.SessionScheme, session.ToPrincipal(), new() { IsPersistent = true });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
                ?? throw new BadHttpRequestException("The body is not a JSON object.");
        }
        catch (JsonException invalid)
        {
            throw new BadHttpRequestException("The body is not valid JSON.", invalid);
        }
    }

    private sealed record TryIt
    {
        public string? Name { get; init; }
        public Snowflake? UserId { get; init; }
        public IReadOnlyList<Snowflake>? GuildIds { get; init; }
    }

    private sealed record OptionsResponse(bool Discord, bool TryIt);

    private sealed record SessionResponse(UserResponse User, IReadOnlyList<GuildResponse> Guilds, string CsrfToken, DateTime ExpiresAt);

    private sealed record UserResponse(Snowflake Id, string Name, string? AvatarUrl);

    private sealed record GuildResponse(Snowflake Id, string Name, string? IconUrl);
}
