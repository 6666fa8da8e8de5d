using GameImages.Domain.Games;

namespace GameImages.Application;

/// <summary>The user or client that sent the current request.</summary>
public interface ICaller
{
    /// <summary>The id that the identity provider gives the user, 1 to 255 characters.</summary>
    string Id { get; }

    /// <summary>The Discord user, or null when the identity provider names its users in another way.</summary>
    Snowflake? UserId { get; }

    /// <summary>The name of the user; null if the sign-in or the token does not give it.</summary>
    string? UserName { get; }

    /// <summary>Whether the caller is a trusted client, which may name hosts other than itself.</summary>
    bool MayHostForOthers { get; }

    /// <summary>The guilds whose games the caller may see and change.</summary>
    IReadOnlyList<Snowflake> GuildIds { get; }
}
