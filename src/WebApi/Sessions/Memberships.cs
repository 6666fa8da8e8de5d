using Microsoft.Extensions.Caching.Memory;

namespace GameImages.WebApi.Sessions;

/// <summary>The guilds of a user as Discord named them.</summary>
internal sealed record Membership(DateTimeOffset CheckedAt, IReadOnlyList<DiscordGuild> Guilds);

/// <summary>
/// Requests the guilds of a session from Discord and caches the response. Concurrent callers share one request.
/// </summary>
internal sealed class Memberships(DiscordApi discord, TimeProvider time) : IDisposable
{
    /// <summary>The time for which a response of Discord is valid.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    // 200 guilds with names and icons are 50 KB.
    private readonly MemoryCache requests = new(new MemoryCacheOptions { SizeLimit = 2_000 });

    /// <returns>Null if Discord rejects the token of the session.</returns>
    /// <exception cref="HttpRequestException">Discord does not respond. The next request is sent after 30 seconds.</exception>
    public async Task<Membership?> FindAsync(Session session)
    {
        GuildRequest? request;

        // Prevents two callers from sending a request for the same session. It is held while a request is started, and not while Discord
        // responds. The second caller awaits the request of the first one.
        lock (requests)
        {
            if (!requests.TryGetValue(session.Id, out request) || IsExpired(request!))
                request = Cache(session.Id, new(time.GetUtcNow(), discord.FindGuildsAsync(session.Token!.Value)));
        }

        return await request!.Response is { } guilds ? new(request.SentAt, guilds) : null;
    }

    /// <summary>Caches the guilds that Discord named during the sign-in.</summary>
    public void Remember(Session session, IReadOnlyList<DiscordGuild> guilds) =>
        Cache(session.Id, new(session.CheckedAt, Task.FromResult<IReadOnlyList<DiscordGuild>?>(guilds)));

    public void Dispose() => requests.Dispose();

    private bool IsExpired(GuildRequest request) =>
        time.GetUtcNow() - request.SentAt >= (request.Response.IsFaulted ? RetryAfter : MaxAge);

    private GuildRequest Cache(Guid session, GuildRequest request) =>
        requests.Set(session, request, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });

    private sealed record GuildRequest(DateTimeOffset SentAt, Task<IReadOnlyList<DiscordGuild>?> Response);
}
