using GameImages.Application;
using GameImages.Domain.Games;

namespace GameImages.Testing;

/// <summary>A caller who is user 7 and a member of these guilds.</summary>
public sealed class TestCaller(params long[] guildIds) : ICaller
{
    public string Id { get; init; } = "7";

    public Snowflake? UserId { get; init; } = new Snowflake(7);

    public string? UserName { get; init; }

    public bool MayHostForOthers { get; init; }

    public IReadOnlyList<Snowflake> GuildIds { get; } = [.. guildIds.Select(id => new Snowflake(id))];
}
