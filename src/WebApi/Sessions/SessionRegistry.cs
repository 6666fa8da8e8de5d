using Microsoft.Extensions.Caching.Memory;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Decides which sessions are valid. The cookie contains the whole session. This class stores only which sessions ended before they
/// expired.
/// </summary>
internal sealed class SessionRegistry(
    Memberships memberships,
    DiscordApi discord,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<SessionRegistry> logger) : IDisposable
{
    /// <summary>The time after which an unused session expires.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    // While Discord does not respond, a user who has left a guild can see its games for this time.
    private static readonly TimeSpan MaxAgeWithoutDiscord = TimeSpan.FromDays(1);

    private readonly MemoryCache ended = new(new MemoryCacheOptions());

    /// <returns>Whether the session has ended, as far as this process knows.</returns>
    public bool HasEnded(Session session) =>
        ended.TryGetValue(session.Id, out _)
        || (session.Token is null ? !environment.IsDevelopment() : session.Token.ExpiresAt <= time.GetUtcNow());

    /// <returns>The session, with the current guilds of the user if the last check is too old; null if the session has ended.</returns>
    public async Task<Session?> RenewAsync(Session session)
    {
        if (HasEnded(session))
            return null;
        if (session.Token is null)
            return session;

        var age = time.GetUtcNow() - session.CheckedAt;
        if (age < Memberships.MaxAge)
            return session;

        try
        {
            return await FindMembershipAsync(session) is { } membership
                ? session with { CheckedAt = membership.CheckedAt, GuildIds = [.. membership.Guilds.Select(guild => guild.Id)] }
                : null;
        }
        catch (HttpRequestException) when (age < MaxAgeWithoutDiscord)
        {
            return session;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <returns>Null if Discord rejects the token of the session. The session has then ended.</returns>
    /// <exception cref="HttpRequestException">Discord does not respond.</exception>
    public async Task<Membership?> FindMembershipAsync(Session session)
    {
        var membership = await memberships.FindAsync(session);

        if (membership is null)
            End(session);

        return membership;
    }

    /// <summary>
    /// Ends a session for every copy of its cookie. This process rejects the cookie at once. Another process of the service rejects it
    /// when it next sends the token to Discord.
    /// </summary>
    public async Task SignOutAsync(Session session)
    {
        End(session);

        if (session.Token is null)
            return;

        try
        {
            await discord.RevokeAsync(session.Token.Value);
        }
        catch (HttpRequestException failure)
        {
            logger.LogWarning(
                "Could not revoke the Discord token of session {SessionId} ({Reason}). "
                + "Until the token expires, other processes of the service accept copies of the session cookie.",
                session.Id, failure.Message);
        }
    }

    public void Dispose() => ended.Dispose();

    private void End(Session session) => ended.Set(session.Id, true, Lifetime);
}
