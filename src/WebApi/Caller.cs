using System.Text.Json;
using GameImages.Application;
using GameImages.Domain.Games;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi;

/// <summary>The caller as the claims of the bearer token or the session describe it; what is no Discord id names nobody and no guild.</summary>
internal sealed class Caller(IHttpContextAccessor http) : ICaller
{
    public const string GuildIdsClaim = "guild_ids";

    public Snowflake? UserId => Ids(JwtRegisteredClaimNames.Sub).Cast<Snowflake?>().FirstOrDefault();

    public IReadOnlyList<Snowflake> GuildIds => [.. Ids(GuildIdsClaim)];

    /// <summary>Refuses a token that is malformed, or that does not say who calls and for which guilds.</summary>
    public static Task RequireClaims(TokenValidatedContext context)
    {
        if (TokenRules.FindRefusal((JsonWebToken)context.SecurityToken) is { } refusal)
            context.Fail(refusal);

        return Task.CompletedTask;
    }

    /// <summary>
    /// The guilds are an array of strings, which may be empty, or one string, which is how "dotnet user-jwts" writes an array of one.
    /// </summary>
    /// <returns>Why a token with these claims is refused, or null.</returns>
    public static string? FindRefusal(JsonElement claims)
    {
        if (!claims.TryGetProperty(JwtRegisteredClaimNames.Sub, out var user) || !IsText(user))
            return "The token names no user in sub.";
        if (!claims.TryGetProperty(GuildIdsClaim, out var guilds) || !(IsText(guilds) || (guilds.ValueKind == JsonValueKind.Array && guilds.EnumerateArray().All(IsText))))
            return $"The token has no list of guilds in {GuildIdsClaim}.";

        return null;
    }

    private static bool IsText(JsonElement claim) => claim.ValueKind == JsonValueKind.String && claim.GetString() != "";

    private IEnumerable<Snowflake> Ids(string claim) =>
        from found in http.HttpContext?.User.FindAll(claim) ?? []
        let id = Snowflake.TryParse(found.Value, null, out var parsed) ? parsed : (Snowflake?)null
        where id is not null
        select id.Value;
}
