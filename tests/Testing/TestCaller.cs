using GameImages.Application;
using GameImages.Domain.Games;

namespace GameImages.Testing;

/// <summary>User 7, a member of these guilds.</summary>
public sealed class TestCaller(params long[] guildIds) : ICaller
{
    public Snowflake? UserId => new Snowflake(7);

    public bool MayHostForOthers => false;

    public IReadOnlyList<Snowflake> GuildIds { get; } = [.. guildIds.Select(id => new Snowflake(id))];
}
