using GameImages.Domain.Games;

namespace GameImages.Application;

/// <summary>Who sent the request that is being served.</summary>
public interface ICaller
{
    /// <summary>The Discord user, or null when the identity provider names its users in another way.</summary>
    Snowflake? UserId { get; }

    /// <summary>The guilds whose games the caller may see and change.</summary>
    IReadOnlyList<Snowflake> GuildIds { get; }
}
