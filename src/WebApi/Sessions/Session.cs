using System.Security.Claims;
using GameImages.Domain.Games;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Sessions;

/// <summary>One sign-in of one browser: whose it is, and the guilds that Discord named.</summary>
/// <param name="Avatar">Discord's hash of the picture.</param>
/// <param name="CheckedAt">When Discord was asked for the guilds.</param>
/// <param name="Token">What Discord is asked with; null when Discord knows nothing of this session, as in Development.</param>
internal sealed record Session(
    Guid Id,
    Snowflake UserId,
    string Name,
    string? Avatar,
    IReadOnlyList<Snowflake> GuildIds,
    DateTimeOffset CheckedAt,
    DiscordToken? Token)
{
    /// <returns>Null when the request is anonymous or has a bearer token.</returns>
    public static Session? Of(HttpContext context) => (context.User.Identity as SessionIdentity)?.Session;

    public ClaimsPrincipal ToPrincipal() => new(new SessionIdentity(this));
}

/// <summary>A session as the claims that a bearer token would have.</summary>
internal sealed class SessionIdentity(Session session) : ClaimsIdentity(ClaimsOf(session), SessionServices.SessionScheme)
{
    public Session Session { get; } = session;

    // The cookie handler clones what it renews; a plain identity would have lost the session.
    public override ClaimsIdentity Clone() => new SessionIdentity(Session);

    private static IEnumerable<Claim> ClaimsOf(Session session) =>
    [
        new(JwtRegisteredClaimNames.Sub, session.UserId.ToString()),
        new(JwtRegisteredClaimNames.Name, session.Name),
        .. session.GuildIds.Select(guild => new Claim(Caller.GuildIdsClaim, guild.ToString())),
    ];
}
