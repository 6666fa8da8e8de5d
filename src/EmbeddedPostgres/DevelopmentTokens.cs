using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GameImages.EmbeddedPostgres;

/// <summary>Bearer tokens for development, signed with the key of a data folder.</summary>
public static class DevelopmentTokens
{
    private const string Issuer = "gameimages-development";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <returns>The settings with which the service accepts these tokens.</returns>
    public static IEnumerable<KeyValuePair<string, string?>> BearerSettings(DataFolder folder)
    {
        const string bearer = "Authentication:Schemes:Bearer";

        return new Dictionary<string, string?>
        {
            // These names differ from those that "dotnet user-jwts" writes, so its tokens stay valid.
            [$"{bearer}:ValidIssuers:{Issuer}"] = Issuer,
            [$"{bearer}:ValidAudiences:{Issuer}"] = Issuer,
            [$"{bearer}:SigningKeys:{Issuer}:Issuer"] = Issuer,
            [$"{bearer}:SigningKeys:{Issuer}:Value"] = Convert.ToBase64String(Key(folder)),
        };
    }

    /// <param name="name">The name of the user. With null, each request can state a name.</param>
    /// <param name="mayHostForOthers">Whether the user may name other hosts.</param>
    /// <returns>A token (RFC 7519) that is valid for a day.</returns>
    public static string Create(
        DataFolder folder,
        string userId,
        IEnumerable<string> guildIds,
        TimeProvider time,
        string? name = null,
        bool mayHostForOthers = false)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["guild_ids"] = guildIds.ToArray() };
        if (name is not null)
            claims[JwtRegisteredClaimNames.Name] = name;
        if (mayHostForOthers)
            claims["may_host_for_others"] = true;

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Subject = new ClaimsIdentity([new Claim(JwtRegisteredClaimNames.Sub, userId)]),
            Claims = claims,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Key(folder)), SecurityAlgorithms.HmacSha256),
        });
    }

    private static byte[] Key(DataFolder folder) => Convert.FromHexString(folder.Secret("signing.key"));
}
