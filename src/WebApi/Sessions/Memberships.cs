using Microsoft.Extensions.Caching.Memory;

namespace GameImages.WebApi.Sessions;

/// <summary>The guilds of a user as Discord named them.</summary>
internal sealed record Membership(DateTimeOffset CheckedAt, IReadOnlyList<DiscordGuild> Guilds);

/// <summary>Asks Discord for the guilds of a session, once for all who want to know at the same time, and remembers what it said.</summary>
internal sealed class Memberships(Discord discord, TimeProvider time) : IDisposable
{
    /// <summary>How long an answer of Discord counts.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    // 200 guilds with names and icons are 50 KB.
    private readonly MemoryCache questions = new(new MemoryCacheOptions { SizeLimit = 2_000 });

    /// <returns>Null when Discord refuses the session's token.</returns>
    /// <exception cref="HttpRequestException">Discord does not answer; it is asked again after 30 seconds.</exception>
    public async Task<Membership?> OfAsync(Session session)
    {
        Question? question;

        lock (questions)
        {
            if (!questions.TryGetValue(session.Id, out question) || IsOver(question!))
                question = Keep(session.Id, new(time.GetUtcNow(), discord.FindGuildsAsync(session.Token!.Value)));
        }

        return await question!.Answer is { } guilds ? new(question.AskedAt, guilds) : null;
    }

    /// <summary>What was asked when the session began.</summary>
    public void Remember(Session session, IReadOnlyList<DiscordGuild> guilds) =>
        Keep(session.Id, new(session.CheckedAt, Task.FromResult<IReadOnlyList<DiscordGuild>?>(guilds)));

    public void Dispose() => questions.Dispose();

    private bool IsOver(Question question) => time.GetUtcNow() - question.AskedAt >= (question.Answer.IsFaulted ? RetryAfter : MaxAge);

    private Question Keep(Guid session, Question question) =>
        questions.Set(session, question, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });

    private sealed record Question(DateTimeOffset AskedAt, Task<IReadOnlyList<DiscordGuild>?> Answer);
}
