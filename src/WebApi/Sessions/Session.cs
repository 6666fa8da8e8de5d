using System.Security.Claims;
using GameImages.Domain.Games;
using GameImages.WebApi.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Sessions;

/// <summary>One sign-in of one browser: the user, and the guilds that Discord named.</summary>
/// <param name="Avatar">Discord's hash of the avatar; null if the user has none.</param>
/// <param name="CheckedAt">The time of the last request to Discord for the guilds.</param>
/// <param name="Token">The token for requests to Discord; null if the user signed in without Discord, in Development.</param>
internal sealed record Session(
    Guid Id,
    Snowflake UserId,
    string Name,
    string? Avatar,
    IReadOnlyList<Snowflake> GuildIds,
    DateTimeOffset CheckedAt,
    DiscordToken? Token)
{
    /// <returns>Null if the request is anonymous or has a bearer token.</returns>
    public static Session? Of(HttpContext context) => (context.User.Identity as SessionIdentity)?.Session;

    public ClaimsPrincipal ToPrincipal() => new(new SessionIdentity(this));
}

/// <summary>A session with the claims that a bearer token would have.</summary>
internal sealed class SessionIdentity(Session session) : ClaimsIdentity(ClaimsOf(session), SessionServices.SessionScheme)
{
    public Session Session { get; } = session;

    // The cookie handler clones an identity that it renews. The clone of the base class would not have the session.
    public override ClaimsIdentity Clone() => new SessionIdentity(Session);

    private static IEnumerable<Claim> ClaimsOf(Session session) =>
    [
        new(JwtRegisteredClaimNames.Sub, session.UserId.ToString()),
        new(JwtRegisteredClaimNames.Name, session.Name),
        .. session.GuildIds.Select(guild => new Claim(Caller.GuildIdsClaim, guild.ToString())),
    ];
}
