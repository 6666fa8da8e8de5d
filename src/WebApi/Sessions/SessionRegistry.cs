using Microsoft.Extensions.Caching.Memory;

namespace GameImages.WebApi.Sessions;

/// <summary>Says which sessions still hold. The cookie has all of a session; what is known here is which ones have ended before their time.</summary>
internal sealed class SessionRegistry(
    Memberships memberships,
    Discord discord,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<SessionRegistry> logger) : IDisposable
{
    /// <summary>How long a session lasts that is not used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    // Guilds that were left while Discord does not answer stay visible that long.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly MemoryCache ended = new(new MemoryCacheOptions());

    /// <returns>The session, with the guilds that the user is in now if it is time to ask; null when it has ended.</returns>
    public async Task<Session?> RenewAsync(Session session)
    {
        if (ended.TryGetValue(session.Id, out _))
            return null;

        if (session.Token is null)
            return environment.IsDevelopment() ? session : null;

        var now = time.GetUtcNow();
        if (session.Token.ExpiresAt <= now)
            return null;

        var age = now - session.CheckedAt;
        if (age < Memberships.MaxAge)
            return session;

        try
        {
            return await FindMembershipAsync(session) is { } membership
                ? session with { CheckedAt = membership.CheckedAt, GuildIds = [.. membership.Guilds.Select(guild => guild.Id)] }
                : null;
        }
        catch (HttpRequestException) when (age < Patience)
        {
            return session;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <returns>Null when Discord refuses the token of the session, which has ended then.</returns>
    /// <exception cref="HttpRequestException">Discord does not answer.</exception>
    public async Task<Membership?> FindMembershipAsync(Session session)
    {
        var membership = await memberships.OfAsync(session);

        if (membership is null)
            End(session);

        return membership;
    }

    /// <summary>Ends a session for every copy of its cookie: here at once, and elsewhere when its token is next needed.</summary>
    public async Task SignOutAsync(Session session)
    {
        End(session);

        if (session.Token is null)
            return;

        try
        {
            await discord.RevokeAsync(session.Token.Value);
        }
        catch (HttpRequestException away)
        {
            logger.LogWarning("A token could not be revoked: {Reason}", away.Message);
        }
    }

    public void Dispose() => ended.Dispose();

    private void End(Session session) => ended.Set(session.Id, true, Lifetime);
}
